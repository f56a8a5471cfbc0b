#include "cores.h"

#include <omp.h>

namespace longhand {

namespace {

/// A stage between two jobs is not free yet: the next one often comes at once.
constexpr std::chrono::milliseconds pause_between_jobs{3};

thread_local Cores* own_cores = nullptr;

void set_library_threads(size_t count) {
  thread_local size_t current = 0;
  if (count != current)
    omp_set_num_threads(static_cast<int>(count));
  current = count;
}

/// The library's products for Intel's processors may add in another order where they are split.
bool can_split_library() {
#if defined(__x86_64__) && defined(__GNUC__)
  static const bool can = !__builtin_cpu_is("intel");
  return can;
#else
  return false;
#endif
}

}

void Cores::lend_each_other(Cores& left, Cores& right) {
  left._other = &right;
  right._other = &left;
}

void Cores::adopt() {
  own_cores = this;
  use_own_cores();
}

void Cores::begin_job() {
  _is_busy.store(true);
  use_lent_cores();
}

void Cores::end_job() {
  _last_end.store(std::chrono::steady_clock::now().time_since_epoch().count());
  _is_busy.store(false);
}

size_t Cores::usable_count() const {
  return can_split_library() && _other != this && _other->is_free() ? _count + _other->_count : _count;
}

bool Cores::is_free() const {
  if (_is_busy.load())
    return false;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return now - std::chrono::steady_clock::duration(_last_end.load()) > pause_between_jobs;
}

void use_one_core() { set_library_threads(1); }

void use_own_cores() {
  if (own_cores)
    set_library_threads(own_cores->count());
}

void use_lent_cores() {
  if (own_cores)
    set_library_threads(own_cores->usable_count());
}

void run_pieces(size_t count, const SharedWork::Piece& piece) {
  if (own_cores) {
    own_cores->work().run(count, piece);
    return;
  }
  for (size_t index = 0; index < count; ++index)
    piece(index);
}

}
