#pragma once

#include <cstddef>

namespace longhand {

/// Vectors of floats for each head of a layer, one after the other: each query gets its share of the values, by how
/// well it fits their keys.
struct Attention {
  size_t head_count;
  size_t query_count;
  size_t key_count;
  size_t width;
  float scale;
  const float* queries;
  const float* keys;
  const float* values;
  float* output;
  /// Whether the keys and the values of more than a text's length are the same for every word, where they lie.
  bool are_keys_kept;
};

/// Makes the scores in parts that stay near the processor, and shares the parts with whoever helps.
void attend(const Attention& attention);

/// To be called by the same thread before each chunk: what is kept of keys and values goes by where they lie.
void forget_chunk();

}
