#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

namespace longhand {

/// Work that one thread splits into pieces, and that others help with while they have nothing to do. What a piece
/// computes must not depend on who runs it, nor on the other pieces.
class SharedWork {
public:
  using Piece = std::function<void(size_t)>;

  static constexpr size_t most_pieces = 0xffff;

  /// Runs piece 0 to `count` - 1 and returns when all are done. For one thread only, the owner. Without helpers it does
  /// everything itself, and a helper that does not come to run (the machine is busy) is not waited for.
  void run(size_t count, const Piece& piece);

  /// Runs pieces of the owner's until `stop` is set and `wake` was called.
  void help_until(const std::atomic<bool>& stop);

  /// Makes the helpers look at their `stop`.
  void wake();

private:
  bool claim(size_t& index);
  bool has_pieces() const;

  /// Which row of pieces it is (32 bits), how many it has (16) and which is the next (16). One number, so that nobody
  /// takes a piece of a row that is over.
  std::atomic<uint64_t> _ticket{0};
  std::atomic<size_t> _finished_count{0};
  const Piece* _piece = nullptr;

  std::atomic<int> _helper_count{0};
  std::atomic<int> _sleeper_count{0};
  std::mutex _mutex;
  std::condition_variable _woken;
};

}
