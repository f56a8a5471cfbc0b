#pragma once

namespace longhand {

/// Whether the library has the functions whose place ours take. Without them nothing can be computed.
bool has_library_functions();

}
