#include "few_rows.h"

#include "cores.h"

#include <algorithm>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__)
#  include <immintrin.h>
#  define LONGHAND_AVX2 __attribute__((target("avx2")))
#endif

namespace longhand {

#ifdef LONGHAND_AVX2

namespace {

/// As many sums as fit into the processor's registers beside what is multiplied: for more than three rows, those of two
/// columns.
constexpr size_t columns_at_once = 4;
constexpr size_t rows_at_once = 5;

/// What is read this far ahead arrives in time: the weights come from memory, and their order is known.
constexpr size_t bytes_ahead = 4096;

/// Below this many multiplications a piece costs more to hand over than it takes.
constexpr size_t least_work_of_piece = 1 << 17;

LONGHAND_AVX2 inline __m256i load_wide(const int8_t* weights) {
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(weights)));
}

LONGHAND_AVX2 inline __m256i load(const int16_t* values) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values));
}

LONGHAND_AVX2 inline int32_t add_up(__m256i sums) {
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4e));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xb1));
  return _mm_cvtsi128_si32(half);
}

/// `Rows` rows times `Columns` columns: each weight is read once, and several loads from memory are under way.
template <size_t Rows, size_t Columns>
LONGHAND_AVX2 void multiply_block(const FewRows& product, const int16_t* wide_rows, size_t first_row,
                                  size_t first_column) {
  const size_t length = product.length;
  const int16_t* rows = wide_rows + first_row * length;
  const int8_t* weights = product.weights + first_column * product.weight_stride;
  __m256i partial[Rows][Columns];
  for (size_t i = 0; i < Rows; ++i)
    for (size_t j = 0; j < Columns; ++j)
      partial[i][j] = _mm256_setzero_si256();
  for (size_t p = 0; p < length; p += length_step) {
    __m256i values[Rows];
    for (size_t i = 0; i < Rows; ++i)
      values[i] = load(rows + i * length + p);
    for (size_t j = 0; j < Columns; ++j) {
      const int8_t* column = weights + j * product.weight_stride + p;
      _mm_prefetch(reinterpret_cast<const char*>(column) + bytes_ahead, _MM_HINT_T0);
      const __m256i wide = load_wide(column);
      for (size_t i = 0; i < Rows; ++i)
        partial[i][j] = _mm256_add_epi32(partial[i][j], _mm256_madd_epi16(values[i], wide));
    }
  }
  for (size_t i = 0; i < Rows; ++i) {
    for (size_t j = 0; j < Columns; ++j) {
      const int32_t offset = product.offsets ? product.offsets[first_column + j] : 0;
      product.sums[(first_row + i) * product.sum_stride + first_column + j] = add_up(partial[i][j]) + offset;
    }
  }
}

/// More rows leave room for the sums of fewer columns.
template <size_t Rows, size_t Columns>
void multiply_rows(const FewRows& product, const int16_t* wide_rows, size_t row, size_t column) {
  constexpr size_t step = Rows > 3 && Columns > 2 ? 2 : Columns;
  for (size_t j = 0; j < Columns; j += step)
    multiply_block<Rows, step>(product, wide_rows, row, column + j);
}

template <size_t Columns>
void multiply_columns(const FewRows& product, const int16_t* wide_rows, size_t column) {
  // All rows use the columns while they are near.
  for (size_t row = 0; row < product.row_count; row += rows_at_once) {
    switch (std::min(rows_at_once, product.row_count - row)) {
    case 1: multiply_rows<1, Columns>(product, wide_rows, row, column); break;
    case 2: multiply_rows<2, Columns>(product, wide_rows, row, column); break;
    case 3: multiply_rows<3, Columns>(product, wide_rows, row, column); break;
    case 4: multiply_rows<4, Columns>(product, wide_rows, row, column); break;
    default: multiply_rows<rows_at_once, Columns>(product, wide_rows, row, column);
    }
  }
}

void multiply_range(const FewRows& product, const int16_t* wide_rows, size_t first, size_t end) {
  size_t column = first;
  for (; column + columns_at_once <= end; column += columns_at_once)
    multiply_columns<columns_at_once>(product, wide_rows, column);
  for (; column < end; ++column)
    multiply_columns<1>(product, wide_rows, column);
}

}

bool can_multiply_few_rows() {
  static const bool can = __builtin_cpu_supports("avx2");
  return can;
}

void multiply_few_rows(const FewRows& product) {
  thread_local std::vector<int16_t> wide_rows;
  wide_rows.resize(product.row_count * product.length);
  for (size_t i = 0; i < product.row_count; ++i) {
    const int8_t* row = product.rows + i * product.row_stride;
    for (size_t p = 0; p < product.length; ++p)
      wide_rows[i * product.length + p] = product.is_unsigned ? static_cast<uint8_t>(row[p]) : row[p];
  }
  const int16_t* rows = wide_rows.data();
  // Whole blocks of columns, and as many of them as make a piece worth handing over.
  const size_t blocks = std::max<size_t>(1, least_work_of_piece / (columns_at_once * product.length));
  const size_t columns = blocks * columns_at_once;
  run_pieces((product.column_count + columns - 1) / columns, [&](size_t piece) {
    multiply_range(product, rows, piece * columns, std::min(product.column_count, (piece + 1) * columns));
  });
}

#else

bool can_multiply_few_rows() { return false; }

void multiply_few_rows(const FewRows&) {}

#endif

}
