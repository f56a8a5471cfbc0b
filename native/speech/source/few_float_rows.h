#pragma once

#include <cstddef>
#include <cstdint>

namespace longhand {

/// Widths of vectors are multiples of this.
constexpr size_t float_step = 8;

/// Whether this processor can run what is below.
bool can_compare_few_rows();

/// A float in 16 bits: half the memory to read, with a precision of three digits.
struct Half {
  uint16_t bits;
};

/// @param count a multiple of `float_step`
void make_halves(const float* values, size_t count, Half* halves);

/// Vectors of `Value`s, float or Half, one after the other.
template <typename Value>
struct Vectors {
  size_t count;
  size_t width;
  const Value* values;
};

/// results[i][j] = scale * (rows[i] · vectors[j]): how well each vector fits a row.
template <typename Value>
void compare_few_rows(const Vectors<Value>& vectors, size_t row_count, const float* rows, float scale, float* results);

/// results[i] = sum over j of shares[i][j] * vectors[j].
template <typename Value>
void mix_few_rows(const Vectors<Value>& vectors, size_t row_count, const float* shares, float* results);

}
