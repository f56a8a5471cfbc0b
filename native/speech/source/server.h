#pragma once

#include "frames.h"
#include "whisper.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace longhand {

/// A thread with a queue. Runs jobs in order, and never two at once.
class Stage {
public:
  using Job = std::function<void()>;

  /// @param thread_count processor threads that one job may use
  explicit Stage(size_t thread_count);

  void post(Job job);

private:
  void run(size_t thread_count);

  std::mutex _mutex;
  std::condition_variable _changed;
  std::deque<Job> _jobs;
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
