#include "attention.h"

#include "cores.h"
#include "few_float_rows.h"
#include "few_rows.h"

#include <algorithm>
#include <ctranslate2/ops/softmax.h>
#include <ctranslate2/primitives.h>
#include <ctranslate2/storage_view.h>
#include <unordered_map>
#include <vector>

namespace longhand {

namespace {

using ctranslate2::dim_t;
using ctranslate2::StorageView;

/// Queries whose scores are made at once where there are many: 1500 scores each in the encoder.
constexpr size_t queries_of_part = 64;

/// Whisper's texts are no longer than this: more keys are those of the chunk, which stay as they are for all its text.
constexpr size_t longest_text = 448;

/// Fewer multiplications than this are not worth handing over.
constexpr size_t least_shared_work = 1 << 17;

void make_shares(float* scores, size_t row_count, size_t key_count) {
  StorageView view({static_cast<dim_t>(row_count), static_cast<dim_t>(key_count)}, scores);
  ctranslate2::ops::SoftMax()(view);
}

/// Reads the keys and the values once, as they lie.
template <typename Value>
void attend_with_few(const Attention& attention, size_t head, const Value* keys, const Value* values, float* scores) {
  const size_t queries = head * attention.query_count * attention.width;
  const size_t first = head * attention.key_count * attention.width;
  const Vectors<Value> key_vectors{attention.key_count, attention.width, keys + first};
  const Vectors<Value> value_vectors{attention.key_count, attention.width, values + first};
  compare_few_rows(key_vectors, attention.query_count, attention.queries + queries, attention.scale, scores);
  make_shares(scores, attention.query_count, attention.key_count);
  mix_few_rows(value_vectors, attention.query_count, scores, attention.output + queries);
}

void attend_with_part(const Attention& attention, size_t head, size_t first_query, size_t query_count, float* scores) {
  using Primitives = ctranslate2::primitives<ctranslate2::Device::CPU>;
  const size_t queries = (head * attention.query_count + first_query) * attention.width;
  const size_t keys = head * attention.key_count * attention.width;
  const auto m = static_cast<dim_t>(query_count), n = static_cast<dim_t>(attention.key_count);
  const auto width = static_cast<dim_t>(attention.width);
  Primitives::gemm(/*a_is_packed=*/false, /*b_is_packed=*/false, /*transpose_a=*/false, /*transpose_b=*/true, m, n,
                   width, attention.scale, attention.queries + queries, width, attention.keys + keys, width,
                   /*beta=*/0.0f, scores, n);
  make_shares(scores, query_count, attention.key_count);
  Primitives::gemm(/*a_is_packed=*/false, /*b_is_packed=*/false, /*transpose_a=*/false, /*transpose_b=*/false, m,
                   width, n, /*alpha=*/1.0f, scores, n, attention.values + keys, width, /*beta=*/0.0f,
                   attention.output + queries, width);
}

float* find_scratch(size_t count) {
  thread_local std::vector<float> scratch;
  if (scratch.size() < count)
    scratch.resize(count);
  return scratch.data();
}

/// The chunk's keys and values in half the memory, by where they lie: 37 MB as floats, which are read for each word.
thread_local std::unordered_map<const float*, std::vector<Half>> chunk_halves;

const Half* find_halves(const float* values, size_t count) {
  std::vector<Half>& halves = chunk_halves[values];
  if (halves.size() != count) {
    halves.resize(count);
    constexpr size_t part = 1 << 16;
    run_pieces((count + part - 1) / part, [&](size_t piece) {
      make_halves(values + piece * part, std::min(part, count - piece * part), halves.data() + piece * part);
    });
  }
  return halves.data();
}

// A piece below is not split further by the library, which may add its sums in another order then.

void attend_with_few_to_all(const Attention& attention) {
  const size_t count = attention.head_count * attention.key_count * attention.width;
  const bool is_chunk = attention.are_keys_kept && attention.key_count > longest_text;
  const Half* half_keys = is_chunk ? find_halves(attention.keys, count) : nullptr;
  const Half* half_values = is_chunk ? find_halves(attention.values, count) : nullptr;
  const auto run = [&](size_t head) {
    use_one_core();
    float* scores = find_scratch(attention.query_count * attention.key_count);
    if (is_chunk)
      attend_with_few(attention, head, half_keys, half_values, scores);
    else
      attend_with_few(attention, head, attention.keys, attention.values, scores);
  };
  if (attention.query_count * count >= least_shared_work)
    run_pieces(attention.head_count, run);
  else
    for (size_t head = 0; head < attention.head_count; ++head)
      run(head);
}

void attend_with_many(const Attention& attention) {
  const size_t part_count = (attention.query_count + queries_of_part - 1) / queries_of_part;
  run_pieces(attention.head_count * part_count, [&](size_t piece) {
    use_one_core();
    const size_t first = piece % part_count * queries_of_part;
    const size_t query_count = std::min(queries_of_part, attention.query_count - first);
    attend_with_part(attention, piece / part_count, first, query_count,
                     find_scratch(queries_of_part * attention.key_count));
  });
  use_lent_cores();
}

}

void attend(const Attention& attention) {
  const bool has_few = attention.query_count <= most_rows;
  if (has_few && attention.width % float_step == 0 && can_compare_few_rows())
    attend_with_few_to_all(attention);
  else
    attend_with_many(attention);
}

void forget_chunk() { chunk_halves.clear(); }

}
