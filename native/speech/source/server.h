#pragma once

#include "cores.h"
#include "frames.h"
#include "whisper.h"

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace longhand {

/// A thread with a queue. Runs jobs in order, and never two at once. While it has none, it helps the other stage.
class Stage {
public:
  using Job = std::function<void()>;

  /// @param cores what a job may use
  explicit Stage(Cores& cores);

  void post(Job job);

private:
  void run();
  /// Empty where there is none.
  Job take();

  Cores& _cores;
  std::mutex _mutex;
  std::deque<Job> _jobs;
  std::atomic<bool> _has_jobs{false};
  std::thread _thread;
};

struct ServerSettings {
  std::string model_folder;
  size_t encode_threads = 1;
  size_t decode_threads = 1;
};

/// Answers requests until the input ends. Encoding has its own thread, everything else shares a second one.
/// @return the exit code of the process
int serve(const ServerSettings& settings, FrameReader& reader, FrameWriter& writer);

}
