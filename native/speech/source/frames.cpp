#include "frames.h"

#include <array>
#include <cstdlib>
#include <string>

namespace longhand {

namespace {

constexpr size_t prefix_bytes = 8;
constexpr uint32_t longest_header_bytes = 1u << 20;
constexpr uint32_t longest_payload_bytes = 64u << 20;

uint32_t read_length(const uint8_t* bytes) {
  return uint32_t{bytes[0]} | uint32_t{bytes[1]} << 8 | uint32_t{bytes[2]} << 16 | uint32_t{bytes[3]} << 24;
}

void write_length(uint32_t length, uint8_t* bytes) {
  for (int i = 0; i < 4; ++i)
    bytes[i] = static_cast<uint8_t>(length >> (8 * i));
}

}

std::optional<Frame> FrameReader::read() {
  std::array<uint8_t, prefix_bytes> prefix;
  const size_t prefix_read = std::fread(prefix.data(), 1, prefix_bytes, _input);
  if (prefix_read == 0)
    return std::nullopt;
  if (prefix_read < prefix_bytes)
    throw MalformedFrame("the stream ended inside the lengths of a message");

  const uint32_t header_bytes = read_length(prefix.data());
  const uint32_t payload_bytes = read_length(prefix.data() + 4);
  if (header_bytes > longest_header_bytes || payload_bytes > longest_payload_bytes)
    throw MalformedFrame("a message claims " + std::to_string(header_bytes) + " bytes of header and " +
                         std::to_string(payload_bytes) + " bytes of data");

  std::string text(header_bytes, '\0');
  Frame frame;
  frame.payload.resize(payload_bytes);
  if (std::fread(text.data(), 1, header_bytes, _input) != header_bytes ||
      std::fread(frame.payload.data(), 1, payload_bytes, _input) != payload_bytes)
    throw MalformedFrame("the stream ended inside a message");

  frame.header = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!frame.header.is_object())
    throw MalformedFrame("the header of a message is not a JSON object");
  return frame;
}

void FrameWriter::write(const nlohmann::json& header, const void* payload, size_t payload_bytes) {
  // A message may carry foreign text, such as a path; bytes that are not UTF-8 must not end the process.
  const std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::array<uint8_t, prefix_bytes> prefix;
  write_length(static_cast<uint32_t>(text.size()), prefix.data());
  write_length(static_cast<uint32_t>(payload_bytes), prefix.data() + 4);

  const std::lock_guard<std::mutex> lock(_mutex);
  const bool written = std::fwrite(prefix.data(), 1, prefix_bytes, _output) == prefix_bytes &&
                       std::fwrite(text.data(), 1, text.size(), _output) == text.size() &&
                       (payload_bytes == 0 || std::fwrite(payload, 1, payload_bytes, _output) == payload_bytes) &&
                       std::fflush(_output) == 0;
  if (!written)
    std::_Exit(EXIT_SUCCESS);
}

}
