#pragma once

#include <cstddef>
#include <cstdint>

namespace longhand {

/// More rows than this are faster with a product that first brings the weights into another order.
constexpr size_t most_rows = 8;

/// Lengths that the product can take are multiples of this.
constexpr size_t length_step = 16;

/// Whether this processor can run the product below.
bool can_multiply_few_rows();

/// A few rows of activations times 8-bit weights, exactly: sums[i][j] = offsets[j] + sum over p of rows[i][p] *
/// weights[j][p].
struct FewRows {
  size_t row_count;
  size_t column_count;
  size_t length;
  /// Row after row; unsigned where `is_unsigned`.
  const int8_t* rows;
  size_t row_stride;
  bool is_unsigned;
  /// Column after column, each of them `length` in a row.
  const int8_t* weights;
  size_t weight_stride;
  /// May be null.
  const int32_t* offsets;
  int32_t* sums;
  size_t sum_stride;
};

/// Reads each weight once, as it lies, whatever the number of rows.
void multiply_few_rows(const FewRows& product);

}
