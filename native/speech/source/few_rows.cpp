#include "few_rows.h"

#include <algorithm>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__)
#  include <immintrin.h>
#  define LONGHAND_AVX2 __attribute__((target("avx2")))
#endif

namespace longhand {

#ifdef LONGHAND_AVX2

namespace {

constexpr size_t columns_at_once = 4;

/// Below this many multiplications a second thread costs more than it brings.
constexpr size_t least_shared_work = 1 << 22;

LONGHAND_AVX2 inline __m256i load_wide(const int8_t* weights) {
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(weights)));
}

LONGHAND_AVX2 inline int32_t add_up(__m256i sums) {
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4e));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xb1));
  return _mm_cvtsi128_si32(half);
}

/// One row times `columns_at_once` columns, so that several loads from memory are under way at any time.
LONGHAND_AVX2 void multiply_columns(const int16_t* row, const int8_t* weights, size_t stride, size_t length,
                                    int32_t* sums) {
  __m256i partial[columns_at_once] = {};
  for (size_t p = 0; p < length; p += length_step) {
    const __m256i values = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + p));
    for (size_t j = 0; j < columns_at_once; ++j)
      partial[j] = _mm256_add_epi32(partial[j], _mm256_madd_epi16(values, load_wide(weights + j * stride + p)));
  }
  for (size_t j = 0; j < columns_at_once; ++j)
    sums[j] = add_up(partial[j]);
}

LONGHAND_AVX2 int32_t multiply_column(const int16_t* row, const int8_t* weights, size_t length) {
  __m256i partial = _mm256_setzero_si256();
  for (size_t p = 0; p < length; p += length_step) {
    const __m256i values = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + p));
    partial = _mm256_add_epi32(partial, _mm256_madd_epi16(values, load_wide(weights + p)));
  }
  return add_up(partial);
}

void multiply_range(const FewRows& product, const int16_t* wide_rows, size_t first, size_t end) {
  size_t column = first;
  while (column < end) {
    const size_t count = std::min(columns_at_once, end - column);
    const int8_t* weights = product.weights + column * product.weight_stride;
    // All rows use the columns while they are near.
    for (size_t i = 0; i < product.row_count; ++i) {
      const int16_t* row = wide_rows + i * product.length;
      int32_t* sums = product.sums + i * product.sum_stride + column;
      if (count == columns_at_once) {
        multiply_columns(row, weights, product.weight_stride, product.length, sums);
      } else {
        for (size_t j = 0; j < count; ++j)
          sums[j] = multiply_column(row, weights + j * product.weight_stride, product.length);
      }
      if (product.offsets) {
        for (size_t j = 0; j < count; ++j)
          sums[j] += product.offsets[column + j];
      }
    }
    column += count;
  }
}

}

bool can_multiply_few_rows() {
  static const bool can = __builtin_cpu_supports("avx2");
  return can;
}

void multiply_few_rows(const FewRows& product) {
  std::vector<int16_t> wide_rows(product.row_count * product.length);
  for (size_t i = 0; i < product.row_count; ++i) {
    const int8_t* row = product.rows + i * product.row_stride;
    for (size_t p = 0; p < product.length; ++p)
      wide_rows[i * product.length + p] = product.is_unsigned ? static_cast<uint8_t>(row[p]) : row[p];
  }
  const size_t block_count = (product.column_count + columns_at_once - 1) / columns_at_once;
  const size_t work = product.row_count * product.column_count * product.length;
  const int16_t* rows = wide_rows.data();
#  pragma omp parallel for schedule(static) if (work >= least_shared_work)
  for (size_t block = 0; block < block_count; ++block) {
    const size_t first = block * columns_at_once;
    multiply_range(product, rows, first, std::min(first + columns_at_once, product.column_count));
  }
}

#else

bool can_multiply_few_rows() { return false; }

void multiply_few_rows(const FewRows&) {}

#endif

}
