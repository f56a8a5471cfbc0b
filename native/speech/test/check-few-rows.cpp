// Compares the product of few rows with sums that are added up one by one, for many shapes and for the largest values.
// Prints how many products were compared, or fails.

#include "../source/few_rows.h"

#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

int8_t draw(unsigned& state, bool at_the_limits) {
  state = state * 1103515245u + 12345u;
  const int value = static_cast<int>((state >> 16) & 0xff) - 128;
  if (at_the_limits)
    return value < 0 ? -128 : 127;
  return static_cast<int8_t>(value);
}

void check(size_t row_count, size_t column_count, size_t length, bool is_unsigned, bool at_the_limits) {
  unsigned state = static_cast<unsigned>(row_count * 7919 + column_count * 31 + length);
  std::vector<int8_t> rows(row_count * length), weights(column_count * length);
  std::vector<int32_t> offsets(column_count), sums(row_count * column_count);
  for (auto& value : rows)
    value = draw(state, at_the_limits);
  for (auto& value : weights)
    value = draw(state, at_the_limits);
  for (auto& value : offsets)
    value = draw(state, false) * 1000;
  longhand::multiply_few_rows({row_count, column_count, length, rows.data(), length, is_unsigned, weights.data(),
                               length, is_unsigned ? offsets.data() : nullptr, sums.data(), column_count});
  for (size_t i = 0; i < row_count; ++i) {
    for (size_t j = 0; j < column_count; ++j) {
      int32_t expected = is_unsigned ? offsets[j] : 0;
      for (size_t p = 0; p < length; ++p) {
        const int value = is_unsigned ? static_cast<uint8_t>(rows[i * length + p]) : rows[i * length + p];
        expected += value * weights[j * length + p];
      }
      if (expected == sums[i * column_count + j])
        continue;
      std::fprintf(stderr, "%zu rows, %zu columns, length %zu: %d instead of %d\n", row_count, column_count, length,
                   sums[i * column_count + j], expected);
      std::exit(1);
    }
  }
}

}

int main() {
  if (!longhand::can_multiply_few_rows()) {
    std::puts("0");
    return 0;
  }
  int count = 0;
  for (size_t row_count = 1; row_count <= longhand::most_rows; ++row_count)
    for (size_t column_count : {1, 3, 4, 7, 512, 2051})
      for (size_t length : {16, 48, 512, 2048})
        for (bool is_unsigned : {false, true})
          for (bool at_the_limits : {false, true}) {
            check(row_count, column_count, length, is_unsigned, at_the_limits);
            ++count;
          }
  std::printf("%d\n", count);
  return 0;
}
