#include "few_float_rows.h"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__)
#  include <immintrin.h>
#  define LONGHAND_AVX2 __attribute__((target("avx2,fma,f16c")))
#endif

namespace longhand {

#ifdef LONGHAND_AVX2

namespace {

/// As many sums as fit into the processor's registers beside what is multiplied.
constexpr size_t vectors_at_once = 4;
constexpr size_t rows_at_once = 3;
constexpr size_t sums_at_once = 8;

/// So many vectors stay near while one row after the other takes its share of them.
constexpr size_t near_vectors = 64;

/// What is read this far ahead arrives in time.
constexpr size_t bytes_ahead = 4096;

LONGHAND_AVX2 inline void read_ahead(const void* values) {
  _mm_prefetch(static_cast<const char*>(values) + bytes_ahead, _MM_HINT_T0);
}

LONGHAND_AVX2 inline __m256 load(const float* values) { return _mm256_loadu_ps(values); }

LONGHAND_AVX2 inline __m256 load(const Half* values) {
  return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(values)));
}

LONGHAND_AVX2 inline float add_up(__m256 sums) {
  __m128 half = _mm_add_ps(_mm256_castps256_ps128(sums), _mm256_extractf128_ps(sums, 1));
  half = _mm_add_ps(half, _mm_movehl_ps(half, half));
  half = _mm_add_ss(half, _mm_shuffle_ps(half, half, 0x55));
  return _mm_cvtss_f32(half);
}

template <size_t Rows, size_t Count, typename Value>
LONGHAND_AVX2 void compare_block(const Vectors<Value>& vectors, size_t first_vector, const float* rows, float scale,
                                 float* results) {
  const Value* values = vectors.values + first_vector * vectors.width;
  __m256 partial[Rows][Count];
  for (size_t i = 0; i < Rows; ++i)
    for (size_t j = 0; j < Count; ++j)
      partial[i][j] = _mm256_setzero_ps();
  for (size_t p = 0; p < vectors.width; p += float_step) {
    for (size_t j = 0; j < Count; ++j) {
      const Value* part = values + j * vectors.width + p;
      read_ahead(part);
      const __m256 loaded = load(part);
      for (size_t i = 0; i < Rows; ++i)
        partial[i][j] = _mm256_fmadd_ps(_mm256_loadu_ps(rows + i * vectors.width + p), loaded, partial[i][j]);
    }
  }
  for (size_t i = 0; i < Rows; ++i)
    for (size_t j = 0; j < Count; ++j)
      results[i * vectors.count + first_vector + j] = scale * add_up(partial[i][j]);
}

template <size_t Count, typename Value>
void compare_vectors(const Vectors<Value>& vectors, size_t first_vector, size_t row_count, const float* rows,
                     float scale, float* results) {
  for (size_t row = 0; row < row_count; row += rows_at_once) {
    const float* own_rows = rows + row * vectors.width;
    float* own_results = results + row * vectors.count;
    switch (std::min(rows_at_once, row_count - row)) {
    case 1: compare_block<1, Count>(vectors, first_vector, own_rows, scale, own_results); break;
    case 2: compare_block<2, Count>(vectors, first_vector, own_rows, scale, own_results); break;
    default: compare_block<rows_at_once, Count>(vectors, first_vector, own_rows, scale, own_results);
    }
  }
}

/// Adds shares of vectors `first` to `end` - 1 to a row's result, `Sums` times `float_step` numbers of it.
template <size_t Sums, typename Value>
LONGHAND_AVX2 void mix_block(const Vectors<Value>& vectors, size_t first, size_t end, size_t offset,
                             const float* shares, float* result) {
  __m256 partial[Sums];
  for (size_t s = 0; s < Sums; ++s)
    partial[s] = first == 0 ? _mm256_setzero_ps() : _mm256_loadu_ps(result + offset + s * float_step);
  for (size_t j = first; j < end; ++j) {
    const __m256 share = _mm256_broadcast_ss(shares + j);
    const Value* part = vectors.values + j * vectors.width + offset;
    for (size_t s = 0; s < Sums; ++s) {
      read_ahead(part + s * float_step);
      partial[s] = _mm256_fmadd_ps(share, load(part + s * float_step), partial[s]);
    }
  }
  for (size_t s = 0; s < Sums; ++s)
    _mm256_storeu_ps(result + offset + s * float_step, partial[s]);
}

}

bool can_compare_few_rows() {
  static const bool can =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
  return can;
}

template <typename Value>
void compare_few_rows(const Vectors<Value>& vectors, size_t row_count, const float* rows, float scale, float* results) {
  size_t vector = 0;
  for (; vector + vectors_at_once <= vectors.count; vector += vectors_at_once)
    compare_vectors<vectors_at_once>(vectors, vector, row_count, rows, scale, results);
  for (; vector < vectors.count; ++vector)
    compare_vectors<1>(vectors, vector, row_count, rows, scale, results);
}

template <typename Value>
void mix_few_rows(const Vectors<Value>& vectors, size_t row_count, const float* shares, float* results) {
  constexpr size_t block_width = sums_at_once * float_step;
  for (size_t first = 0; first < vectors.count; first += near_vectors) {
    const size_t end = std::min(first + near_vectors, vectors.count);
    for (size_t row = 0; row < row_count; ++row) {
      const float* own_shares = shares + row * vectors.count;
      float* result = results + row * vectors.width;
      size_t offset = 0;
      for (; offset + block_width <= vectors.width; offset += block_width)
        mix_block<sums_at_once>(vectors, first, end, offset, own_shares, result);
      for (; offset < vectors.width; offset += float_step)
        mix_block<1>(vectors, first, end, offset, own_shares, result);
    }
  }
}

LONGHAND_AVX2 void make_halves(const float* values, size_t count, Half* halves) {
  for (size_t i = 0; i < count; i += float_step)
    _mm_storeu_si128(reinterpret_cast<__m128i*>(halves + i),
                     _mm256_cvtps_ph(load(values + i), _MM_FROUND_TO_NEAREST_INT));
}

#else

bool can_compare_few_rows() { return false; }

void make_halves(const float*, size_t, Half*) {}

template <typename Value>
void compare_few_rows(const Vectors<Value>&, size_t, const float*, float, float*) {}

template <typename Value>
void mix_few_rows(const Vectors<Value>&, size_t, const float*, float*) {}

#endif

template void compare_few_rows(const Vectors<float>&, size_t, const float*, float, float*);
template void compare_few_rows(const Vectors<Half>&, size_t, const float*, float, float*);
template void mix_few_rows(const Vectors<float>&, size_t, const float*, float*);
template void mix_few_rows(const Vectors<Half>&, size_t, const float*, float*);

}
