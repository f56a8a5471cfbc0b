// Speech recognition as a process of its own: Whisper on CTranslate2, driven over standard input and output.
// A crash here ends nobody else, and killing it is how a caller cancels.

#include "library_functions.h"
#include "server.h"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace {

constexpr int wrong_usage = 64;
constexpr int wrong_library = 70;

longhand::ServerSettings read_arguments(int count, char** arguments) {
  longhand::ServerSettings settings;
  for (int i = 1; i < count; i += 2) {
    const std::string name = arguments[i];
    if (i + 1 == count)
      throw std::invalid_argument(name + " needs a value");
    const std::string value = arguments[i + 1];
    if (name == "--model")
      settings.model_folder = value;
    else if (name == "--encode-threads")
      settings.encode_threads = std::stoul(value);
    else if (name == "--decode-threads")
      settings.decode_threads = std::stoul(value);
    else
      throw std::invalid_argument("unknown argument " + name);
  }
  if (settings.model_folder.empty())
    throw std::invalid_argument("--model is missing");
  return settings;
}

}

int main(int count, char** arguments) {
  if (!longhand::has_library_functions()) {
    std::fputs("this version of CTranslate2 lacks functions of the expected names\n", stderr);
    return wrong_library;
  }
  if (count == 2 && std::string(arguments[1]) == "--version") {
    std::puts(LONGHAND_CTRANSLATE2_VERSION);
    return EXIT_SUCCESS;
  }
  longhand::ServerSettings settings;
  try {
    settings = read_arguments(count, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\nusage: longhand-speech --model FOLDER [--encode-threads N] [--decode-threads N]\n",
                 error.what());
    return wrong_usage;
  }
  longhand::FrameReader reader(stdin);
  longhand::FrameWriter writer(stdout);
  return longhand::serve(settings, reader, writer);
}
