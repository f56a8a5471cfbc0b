#pragma once

#include "shared_work.h"

#include <atomic>
#include <chrono>
#include <cstddef>

namespace longhand {

/// The processor cores of one of two stages. While one of them has nothing to do, the other uses its cores as well; the
/// numbers that come out are the same.
class Cores {
public:
  explicit Cores(size_t count) : _count(count) {}

  static void lend_each_other(Cores& left, Cores& right);

  /// From now on the calling thread computes with these cores.
  void adopt();

  void begin_job();
  void end_job();

  size_t count() const { return _count; }
  /// With those that are lent just now.
  size_t usable_count() const;
  /// For products that are split here, and not by the library.
  SharedWork& work() { return _work; }
  /// What a thread of this stage helps with while it waits.
  SharedWork& work_of_other() { return _other->_work; }

private:
  bool is_free() const;

  size_t _count;
  Cores* _other = this;
  SharedWork _work;
  std::atomic<bool> _is_busy{false};
  std::atomic<std::chrono::steady_clock::rep> _last_end{0};
};

/// Lets the library use, in this thread, one core, those of its stage, or the lent ones as well. What it splits takes
/// long enough for lent ones only where a product has many rows.
void use_one_core();
void use_own_cores();
void use_lent_cores();

/// Runs a product's pieces on the cores of this thread's stage and on lent ones.
void run_pieces(size_t count, const SharedWork::Piece& piece);

}
