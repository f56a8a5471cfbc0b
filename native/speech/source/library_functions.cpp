// Takes the place of three of CTranslate2's functions: the dynamic linker finds these definitions before the library's
// own. What they do not take goes on to the library, which splits it over the cores that are free just now.
//
// Each word of a text needs the product of one row with each of the decoder's weights. On processors other than
// Intel's the library leaves it to oneDNN, which brings the weights, 45 MB, into another order for every single row,
// and adds in 16 bits, where large values are cut off. The product of few_rows.cpp reads each weight once, as it lies,
// and is exact.
//
// For attention the library makes all scores of a layer first, in the encoder 72 MB of them, and goes over them five
// times more. Those of attention.cpp are used while they are near.
//
// To find the best words of a beam the library sorts a list of all words, for each text of the beam.

#include "library_functions.h"

#include "attention.h"
#include "best_scores.h"
#include "cores.h"
#include "few_rows.h"

#include <ctranslate2/ops/topk.h>
#include <ctranslate2/primitives.h>
#include <ctranslate2/storage_view.h>
#include <dlfcn.h>

namespace {

using ctranslate2::dim_t;
using ctranslate2::StorageView;

using Product = void (*)(bool, bool, bool, bool, dim_t, dim_t, dim_t, float, const int8_t*, dim_t, const int8_t*, dim_t,
                         float, int32_t*, dim_t, const int32_t*);

/// The library's own, which has the same name.
Product find_library_product() {
  static void* const found =
      dlsym(RTLD_NEXT, "_ZN11ctranslate210primitivesILNS_6DeviceE0EE4gemmIaiEEvbbbblllfPKT_lS6_lfPT0_lPKS7_");
  return reinterpret_cast<Product>(found);
}

}

namespace ctranslate2 {

template <>
template <>
void primitives<Device::CPU>::gemm(bool a_is_packed, bool b_is_packed, bool transpose_a, bool transpose_b, dim_t m,
                                   dim_t n, dim_t k, float alpha, const int8_t* a, dim_t lda, const int8_t* b,
                                   dim_t ldb, float beta, int32_t* c, dim_t ldc, const int32_t* compensation) {
  const bool is_plain = !a_is_packed && !b_is_packed && !transpose_a && transpose_b && alpha == 1 && beta == 0;
  const bool is_small = static_cast<size_t>(m) <= longhand::most_rows && k % longhand::length_step == 0;
  if (is_plain && is_small && longhand::can_multiply_few_rows()) {
    longhand::use_own_cores();
    // With a compensation the values were moved up to lie above zero.
    longhand::multiply_few_rows({static_cast<size_t>(m), static_cast<size_t>(n), static_cast<size_t>(k), a,
                                 static_cast<size_t>(lda), compensation != nullptr, b, static_cast<size_t>(ldb),
                                 compensation, c, static_cast<size_t>(ldc)});
    return;
  }
  longhand::use_lent_cores();
  find_library_product()(a_is_packed, b_is_packed, transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c,
                         ldc, compensation);
}

template <>
void ops::TopK::compute<Device::CPU, float, int32_t>(const StorageView& x, StorageView& values,
                                                     StorageView& indices) const {
  const dim_t depth = x.dim(-1);
  for (dim_t row = 0; row < x.size() / depth; ++row)
    longhand::find_best_scores(x.data<float>() + row * depth, static_cast<size_t>(depth), static_cast<size_t>(_k),
                               values.data<float>() + row * _k, indices.data<int32_t>() + row * _k);
}

namespace layers {

class Alibi;

// Not in the library's headers, but called through its table of symbols.
void dot_product_attention(const StorageView& queries, const StorageView& keys, const StorageView& values,
                           const StorageView* lengths, const StorageView* position_keys,
                           const StorageView* asymmetric_position_keys, const StorageView* position_values,
                           const StorageView* position_weights, dim_t left_positions, dim_t right_positions,
                           dim_t positions, StorageView& output, StorageView* attention, bool is_normalized,
                           float scale, bool is_decoder, bool has_cache, dim_t beam_size, Alibi* alibi,
                           StorageView* position_bias);

}

}

namespace {

using Attend = decltype(&ctranslate2::layers::dot_product_attention);

/// The library's own, which has the same name.
Attend find_library_attention() {
  static void* const found =
      dlsym(RTLD_NEXT, "_ZN11ctranslate26layers21dot_product_attentionERKNS_11StorageViewES3_S3_PS2_S4_S4_S4_S4_lllRS1_"
                       "PS1_bfbblPNS0_5AlibiES6_");
  return reinterpret_cast<Attend>(found);
}

/// Whether it holds floats for as many heads as the queries: batch, head, position, width.
bool has_heads_of(const StorageView& queries, const StorageView& tensor) {
  return tensor.dtype() == ctranslate2::DataType::FLOAT32 && tensor.device() == ctranslate2::Device::CPU &&
         tensor.rank() == 4 && tensor.dim(0) == queries.dim(0) && tensor.dim(1) == queries.dim(1) &&
         tensor.dim(3) == queries.dim(3);
}

}

namespace longhand {

bool has_library_functions() { return find_library_product() != nullptr && find_library_attention() != nullptr; }

}

void ctranslate2::layers::dot_product_attention(
    const StorageView& queries, const StorageView& keys, const StorageView& values, const StorageView* lengths,
    const StorageView* position_keys, const StorageView* asymmetric_position_keys, const StorageView* position_values,
    const StorageView* position_weights, dim_t left_positions, dim_t right_positions, dim_t positions,
    StorageView& output, StorageView* attention, bool is_normalized, float scale, bool is_decoder, bool has_cache,
    dim_t beam_size, Alibi* alibi, StorageView* position_bias) {
  const bool has_positions = position_keys || asymmetric_position_keys || position_values || position_weights || alibi;
  if (!lengths && !attention && !has_positions && queries.rank() == 4 && has_heads_of(queries, queries) &&
      has_heads_of(queries, keys) && has_heads_of(queries, values)) {
    output.resize(queries.shape());
    longhand::attend({static_cast<size_t>(queries.dim(0) * queries.dim(1)), static_cast<size_t>(queries.dim(2)),
                      static_cast<size_t>(keys.dim(2)), static_cast<size_t>(keys.dim(3)), scale,
                      queries.data<float>(), keys.data<float>(), values.data<float>(), output.data<float>(),
                      /*are_keys_kept=*/has_cache});
    return;
  }
  longhand::use_lent_cores();
  find_library_attention()(queries, keys, values, lengths, position_keys, asymmetric_position_keys, position_values,
                           position_weights, left_positions, right_positions, positions, output, attention,
                           is_normalized, scale, is_decoder, has_cache, beam_size, alibi, position_bias);
}
