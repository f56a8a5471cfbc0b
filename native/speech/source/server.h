#pragma once

#include "frames.h"
#include "whisper.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace longhand {

/// The processor threads of all stages. A stage that works alone takes them all, which does not change its results.
struct SharedThreads {
  size_t total;
  std::atomic<size_t> busy_stages{0};
};

/// A thread with a queue. Runs jobs in order, and never two at once.
class Stage {
public:
  using Job = std::function<void()>;

  /// @param thread_count processor threads that a job may use while another stage works
  Stage(size_t thread_count, SharedThreads& threads);

  void post(Job job);

private:
  void run(size_t thread_count, SharedThreads& threads);

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
