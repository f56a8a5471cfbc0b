// Takes the place of CTranslate2's 8-bit product: the dynamic linker finds this definition before the library's own.
//
// Each word of a text needs the product of one row with each of the decoder's weights. On processors other than
// Intel's the library leaves it to oneDNN, which brings the weights, 45 MB, into another order for every single row
// (60 % of the time of a decode), and adds in 16 bits, where large values are cut off. For few rows the product of
// few_rows.cpp reads each weight once, as it lies, and is exact. Everything else goes on to the library.

#include "int8_product.h"

#include "few_rows.h"

#include <ctranslate2/primitives.h>
#include <dlfcn.h>

namespace {

using Product = void (*)(bool, bool, bool, bool, ctranslate2::dim_t, ctranslate2::dim_t, ctranslate2::dim_t, float,
                         const int8_t*, ctranslate2::dim_t, const int8_t*, ctranslate2::dim_t, float, int32_t*,
                         ctranslate2::dim_t, const int32_t*);

/// The library's own, which has the same name.
Product find_library_product() {
  static void* const found =
      dlsym(RTLD_NEXT, "_ZN11ctranslate210primitivesILNS_6DeviceE0EE4gemmIaiEEvbbbblllfPKT_lS6_lfPT0_lPKS7_");
  return reinterpret_cast<Product>(found);
}

}

namespace longhand {

bool has_library_product() { return find_library_product() != nullptr; }

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
    // With a compensation the values were moved up to lie above zero.
    longhand::multiply_few_rows({static_cast<size_t>(m), static_cast<size_t>(n), static_cast<size_t>(k), a,
                                 static_cast<size_t>(lda), compensation != nullptr, b, static_cast<size_t>(ldb),
                                 compensation, c, static_cast<size_t>(ldc)});
    return;
  }
  find_library_product()(a_is_packed, b_is_packed, transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c,
                         ldc, compensation);
}

}
