#include "few_float_rows.h"

#include <algorithm>
#include <vector>

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

/// So many vectors stay near while one row after the other uses them.
constexpr size_t near_vectors = 64;

/// What is read this far ahead arrives in time.
constexpr size_t bytes_ahead = 4096;

LONGHAND_AVX2 inline void read_ahead(const void* values) {
  _mm_prefetch(static_cast<const char*>(values) + bytes_ahead, _MM_HINT_T0);
}

LONGHAND_AVX2 inline float add_up(__m256 sums) {
  __m128 half = _mm_add_ps(_mm256_castps256_ps128(sums), _mm256_extractf128_ps(sums, 1));
  half = _mm_add_ps(half, _mm_movehl_ps(half, half));
  half = _mm_add_ss(half, _mm_shuffle_ps(half, half, 0x55));
  return _mm_cvtss_f32(half);
}

/// A few vectors as floats: those that are such already stay where they are.
const float* bring_near(const float* values, size_t, std::vector<float>&) { return values; }

LONGHAND_AVX2 const float* bring_near(const Half* values, size_t count, std::vector<float>& scratch) {
  if (scratch.size() < count)
    scratch.resize(count);
  for (size_t i = 0; i < count; i += float_step) {
    read_ahead(values + i);
    const __m128i halves = _mm_loadu_si128(reinterpret_cast<const __m128i*>(values + i));
    _mm256_storeu_ps(scratch.data() + i, _mm256_cvtph_ps(halves));
  }
  return scratch.data();
}

/// `Rows` rows with `Count` vectors. Results of one row and the next lie `stride` apart.
template <size_t Rows, size_t Count>
LONGHAND_AVX2 void compare_block(const float* vectors, size_t width, const float* rows, float scale, float* results,
                                 size_t stride) {
  __m256 partial[Rows][Count];
  for (size_t i = 0; i < Rows; ++i)
    for (size_t j = 0; j < Count; ++j)
      partial[i][j] = _mm256_setzero_ps();
  for (size_t p = 0; p < width; p += float_step) {
    for (size_t j = 0; j < Count; ++j) {
      const __m256 values = _mm256_loadu_ps(vectors + j * width + p);
      for (size_t i = 0; i < Rows; ++i)
        partial[i][j] = _mm256_fmadd_ps(_mm256_loadu_ps(rows + i * width + p), values, partial[i][j]);
    }
  }
  for (size_t i = 0; i < Rows; ++i)
    for (size_t j = 0; j < Count; ++j)
      results[i * stride + j] = scale * add_up(partial[i][j]);
}

template <size_t Count>
void compare_rows(const float* vectors, size_t width, size_t row_count, const float* rows, float scale, float* results,
                  size_t stride) {
  for (size_t row = 0; row < row_count; row += rows_at_once) {
    const float* own_rows = rows + row * width;
    float* own_results = results + row * stride;
    switch (std::min(rows_at_once, row_count - row)) {
    case 1: compare_block<1, Count>(vectors, width, own_rows, scale, own_results, stride); break;
    case 2: compare_block<2, Count>(vectors, width, own_rows, scale, own_results, stride); break;
    default: compare_block<rows_at_once, Count>(vectors, width, own_rows, scale, own_results, stride);
    }
  }
}

/// Adds shares of `count` vectors to a part of a row's result, `Sums` times `float_step` numbers of it.
template <size_t Sums>
LONGHAND_AVX2 void mix_block(const float* vectors, size_t width, size_t count, const float* shares, float* result) {
  __m256 partial[Sums];
  for (size_t s = 0; s < Sums; ++s)
    partial[s] = _mm256_loadu_ps(result + s * float_step);
  for (size_t j = 0; j < count; ++j) {
    const __m256 share = _mm256_broadcast_ss(shares + j);
    for (size_t s = 0; s < Sums; ++s)
      partial[s] = _mm256_fmadd_ps(share, _mm256_loadu_ps(vectors + j * width + s * float_step), partial[s]);
  }
  for (size_t s = 0; s < Sums; ++s)
    _mm256_storeu_ps(result + s * float_step, partial[s]);
}

void mix_row(const float* vectors, size_t width, size_t count, const float* shares, float* result) {
  constexpr size_t block_width = sums_at_once * float_step;
  size_t offset = 0;
  for (; offset + block_width <= width; offset += block_width)
    mix_block<sums_at_once>(vectors + offset, width, count, shares, result + offset);
  for (; offset < width; offset += float_step)
    mix_block<1>(vectors + offset, width, count, shares, result + offset);
}

/// Calls `use` with the vectors, some at a time: as floats, the index of the first, and how many.
template <typename Value, typename Use>
void for_near_vectors(const Vectors<Value>& vectors, const Use& use) {
  thread_local std::vector<float> scratch;
  for (size_t first = 0; first < vectors.count; first += near_vectors) {
    const size_t count = std::min(near_vectors, vectors.count - first);
    use(bring_near(vectors.values + first * vectors.width, count * vectors.width, scratch), first, count);
  }
}

}

bool can_compare_few_rows() {
  static const bool can =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
  return can;
}

template <typename Value>
void compare_few_rows(const Vectors<Value>& vectors, size_t row_count, const float* rows, float scale, float* results) {
  const size_t width = vectors.width, stride = vectors.count;
  for_near_vectors(vectors, [&](const float* near, size_t first, size_t count) {
    size_t j = 0;
    for (; j + vectors_at_once <= count; j += vectors_at_once)
      compare_rows<vectors_at_once>(near + j * width, width, row_count, rows, scale, results + first + j, stride);
    for (; j < count; ++j)
      compare_rows<1>(near + j * width, width, row_count, rows, scale, results + first + j, stride);
  });
}

template <typename Value>
void mix_few_rows(const Vectors<Value>& vectors, size_t row_count, const float* shares, float* results) {
  std::fill(results, results + row_count * vectors.width, 0.0f);
  for_near_vectors(vectors, [&](const float* near, size_t first, size_t count) {
    for (size_t row = 0; row < row_count; ++row)
      mix_row(near, vectors.width, count, shares + row * vectors.count + first, results + row * vectors.width);
  });
}

LONGHAND_AVX2 void make_halves(const float* values, size_t count, Half* halves) {
  for (size_t i = 0; i < count; i += float_step)
    _mm_storeu_si128(reinterpret_cast<__m128i*>(halves + i),
                     _mm256_cvtps_ph(_mm256_loadu_ps(values + i), _MM_FROUND_TO_NEAREST_INT));
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
