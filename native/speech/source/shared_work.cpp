#include "shared_work.h"

#include <thread>

#if defined(__x86_64__)
#  include <immintrin.h>
#endif

namespace longhand {

namespace {

/// How often a helper looks for pieces before it sleeps: about 50 µs, more than what lies between two products of a
/// decode, and little enough to burn.
constexpr int looks_before_sleep = 2000;

void pause() {
#if defined(__x86_64__)
  _mm_pause();
#else
  std::this_thread::yield();
#endif
}

constexpr uint64_t make_ticket(uint64_t row, uint64_t count, uint64_t next) { return row << 32 | count << 16 | next; }
constexpr uint64_t row_of(uint64_t ticket) { return ticket >> 32; }
constexpr uint64_t count_of(uint64_t ticket) { return ticket >> 16 & 0xffff; }
constexpr uint64_t next_of(uint64_t ticket) { return ticket & 0xffff; }

}

bool SharedWork::has_pieces() const {
  const uint64_t ticket = _ticket.load();
  return next_of(ticket) < count_of(ticket);
}

bool SharedWork::claim(size_t& index) {
  uint64_t ticket = _ticket.load();
  while (next_of(ticket) < count_of(ticket)) {
    if (_ticket.compare_exchange_weak(ticket, ticket + 1)) {
      index = next_of(ticket);
      return true;
    }
  }
  return false;
}

void SharedWork::run(size_t count, const Piece& piece) {
  if (count < 2 || _helper_count.load() == 0) {
    for (size_t index = 0; index < count; ++index)
      piece(index);
    return;
  }
  _piece = &piece;
  _finished_count.store(0);
  _ticket.store(make_ticket(row_of(_ticket.load()) + 1, count, 0));
  if (_sleeper_count.load() > 0)
    wake();
  size_t own_count = 0;
  for (size_t index; claim(index); ++own_count)
    piece(index);
  // Only what a helper has begun is waited for; it may have lost its core in the middle of it.
  for (int looks = 0; _finished_count.load() + own_count < count; ++looks) {
    if (looks < looks_before_sleep)
      pause();
    else
      std::this_thread::yield();
  }
}

void SharedWork::help_until(const std::atomic<bool>& stop) {
  ++_helper_count;
  int looks = 0;
  while (!stop.load()) {
    size_t index;
    if (claim(index)) {
      (*_piece)(index);
      ++_finished_count;
      looks = 0;
    } else if (++looks < looks_before_sleep) {
      pause();
    } else {
      std::unique_lock<std::mutex> lock(_mutex);
      ++_sleeper_count;
      _woken.wait(lock, [&] { return stop.load() || has_pieces(); });
      --_sleeper_count;
      looks = 0;
    }
  }
  --_helper_count;
}

void SharedWork::wake() {
  // With the lock: a helper that is about to sleep has either seen what changed, or hears this.
  const std::lock_guard<std::mutex> lock(_mutex);
  _woken.notify_all();
}

}
