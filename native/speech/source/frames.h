#pragma once

#include <cstdint>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <vector>

namespace longhand {

/// One message in either direction: two 32-bit little-endian lengths, a JSON object, raw bytes.
struct Frame {
  nlohmann::json header;
  std::vector<uint8_t> payload;
};

/// The stream can no longer be trusted: where the next message starts is unknown.
class MalformedFrame : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class FrameReader {
public:
  explicit FrameReader(std::FILE* input) : _input(input) {}

  /// @return nothing at the end of the stream
  /// @throws MalformedFrame
  std::optional<Frame> read();

private:
  std::FILE* _input;
};

/// May be used from several threads: a message is never torn.
class FrameWriter {
public:
  explicit FrameWriter(std::FILE* output) : _output(output) {}

  /// Ends the process where nobody reads any more.
  void write(const nlohmann::json& header, const void* payload = nullptr, size_t payload_bytes = 0);

private:
  std::FILE* _output;
  std::mutex _mutex;
};

}
