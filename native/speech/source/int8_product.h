#pragma once

namespace longhand {

/// Whether the library has the product whose place ours takes. Without it nothing can be computed.
bool has_library_product();

}
