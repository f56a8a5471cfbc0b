// Compares the products of few rows with sums that are added up one by one, for many shapes and for the largest values,
// by one thread and by two. Prints how many products were compared, or fails.

#include "../source/cores.h"
#include "../source/few_float_rows.h"
#include "../source/few_rows.h"

#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

namespace {

int8_t draw(unsigned& state, bool at_the_limits) {
  state = state * 1103515245u + 12345u;
  const int value = static_cast<int>((state >> 16) & 0xff) - 128;
  if (at_the_limits)
    return value < 0 ? -128 : 127;
  return static_cast<int8_t>(value);
}

float draw_float(unsigned& state) { return static_cast<float>(draw(state, false)) / 100.0f; }

[[noreturn]] void fail(const char* what, size_t rows, size_t columns, size_t length, double is, double expected) {
  std::fprintf(stderr, "%s: %zu rows, %zu columns, length %zu: %.9g instead of %.9g\n", what, rows, columns, length, is,
               expected);
  std::exit(1);
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
      if (expected != sums[i * column_count + j])
        fail("8-bit", row_count, column_count, length, sums[i * column_count + j], expected);
    }
  }
}

template <typename Value>
void multiply_floats(const longhand::Vectors<Value>& vectors, size_t row_count, const float* rows, float scale,
                     bool is_mix, float* results) {
  if (is_mix)
    longhand::mix_few_rows(vectors, row_count, rows, results);
  else
    longhand::compare_few_rows(vectors, row_count, rows, scale, results);
}

void check_floats(size_t row_count, size_t vector_count, size_t width, bool is_mix, bool is_halved) {
  const float scale = is_mix ? 1.0f : 0.125f;
  const size_t row_length = is_mix ? vector_count : width, result_length = is_mix ? width : vector_count;
  unsigned state = static_cast<unsigned>(row_count * 7919 + vector_count * 31 + width);
  std::vector<float> rows(row_count * row_length), values(vector_count * width), results(row_count * result_length);
  for (auto& value : rows)
    value = draw_float(state);
  for (auto& value : values)
    value = draw_float(state);
  if (is_halved) {
    std::vector<longhand::Half> halves(values.size());
    longhand::make_halves(values.data(), values.size(), halves.data());
    multiply_floats(longhand::Vectors<longhand::Half>{vector_count, width, halves.data()}, row_count, rows.data(),
                    scale, is_mix, results.data());
  } else {
    multiply_floats(longhand::Vectors<float>{vector_count, width, values.data()}, row_count, rows.data(), scale, is_mix,
                    results.data());
  }
  for (size_t i = 0; i < row_count; ++i) {
    for (size_t j = 0; j < result_length; ++j) {
      double expected = 0, size = 0;
      for (size_t p = 0; p < row_length; ++p) {
        const double value = is_mix ? values[p * width + j] : values[j * width + p];
        expected += rows[i * row_length + p] * value;
        size += std::fabs(rows[i * row_length + p] * value);
      }
      const float is = results[i * result_length + j];
      // Half of the last of eleven bits, where numbers are kept in 16.
      const double precision = is_halved ? 1.0 / 2048 : 1e-5;
      if (!(std::fabs(is - scale * expected) <= precision * scale * size))
        fail(is_mix ? "mix" : "compare", row_count, vector_count, width, is, scale * expected);
    }
  }
}

int check_all() {
  int count = 0;
  for (size_t row_count = 1; row_count <= longhand::most_rows; ++row_count) {
    for (size_t column_count : {1, 3, 4, 7, 128, 259})
      for (size_t length : {16, 48, 512, 2048})
        for (bool is_unsigned : {false, true})
          for (bool at_the_limits : {false, true}) {
            check(row_count, column_count, length, is_unsigned, at_the_limits);
            ++count;
          }
    for (size_t vector_count : {1, 3, 4, 65, 200, 1500})
      for (size_t width : {8, 64, 80})
        for (bool is_mix : {false, true})
          for (bool is_halved : {false, true}) {
            check_floats(row_count, vector_count, width, is_mix, is_halved);
            ++count;
          }
  }
  return count;
}

}

int main() {
  if (!longhand::can_multiply_few_rows() || !longhand::can_compare_few_rows()) {
    std::puts("0");
    return 0;
  }
  int count = check_all();

  longhand::Cores cores(2);
  cores.adopt();
  std::atomic<bool> is_over{false};
  std::thread helper([&] { cores.work().help_until(is_over); });
  count += check_all();
  is_over.store(true);
  cores.work().wake();
  helper.join();
  std::printf("%d\n", count);
  return 0;
}
