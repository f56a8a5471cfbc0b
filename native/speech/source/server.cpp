#include "server.h"

#include <cstdlib>
#include <cstring>
#include <exception>

namespace longhand {

namespace ct2 = ctranslate2;
using nlohmann::json;

namespace {

constexpr int protocol_version = 1;
/// Raise it when the same audio may give other numbers, so that half-done work of an older program is not used.
constexpr int revision = 4;

enum ExitCode { finished = 0, malformed_input = 2, model_not_loaded = 3 };

std::vector<float> read_floats(const std::vector<uint8_t>& payload) {
  if (payload.empty() || payload.size() % sizeof(float) != 0)
    throw std::invalid_argument("the data is not a list of 32-bit numbers");
  std::vector<float> values(payload.size() / sizeof(float));
  std::memcpy(values.data(), payload.data(), payload.size());
  return values;
}

ct2::StorageView read_encoded(const std::vector<uint8_t>& payload) {
  constexpr ct2::dim_t step_count = LogMel::frame_count / 2;
  std::vector<float> values = read_floats(payload);
  const auto size = static_cast<ct2::dim_t>(values.size());
  if (size % step_count != 0)
    throw std::invalid_argument("the data is not an encoded chunk");
  return ct2::StorageView(ct2::Shape{1, step_count, size / step_count}, values);
}

DecodeSettings read_decode_settings(const json& header) {
  DecodeSettings settings;
  settings.language = header.at("language").get<std::string>();
  settings.beam_size = header.value("beamSize", settings.beam_size);
  settings.repetition_penalty = header.value("repetitionPenalty", settings.repetition_penalty);
  settings.no_repeat_ngram_size = header.value("noRepeatNgramSize", settings.no_repeat_ngram_size);
  settings.prefix = header.value("prefix", settings.prefix);
  return settings;
}

json describe(const ModelFacts& facts) {
  return {
      {"event", "ready"},
      {"protocol", protocol_version},
      {"revision", revision},
      {"engineVersion", LONGHAND_CTRANSLATE2_VERSION},
      {"isMultilingual", facts.is_multilingual},
      {"endOfTextToken", facts.end_of_text_token},
      {"firstTimestampToken", facts.first_timestamp_token},
      {"vocabularySize", facts.vocabulary_size},
      {"languages", facts.languages},
  };
}

/// The requests. Each is answered by one message with the same `id`.
class Handlers {
public:
  Handlers(const WhisperWeights& weights, FrameWriter& writer) : _encoder(weights), _decoder(weights), _writer(writer) {}

  /// Runs the request, and turns whatever goes wrong into an answer.
  void answer(const Frame& request) {
    const json id = request.header.value("id", json());
    try {
      const std::string operation = request.header.at("operation").get<std::string>();
      if (operation == "encode")
        encode(id, request);
      else if (operation == "detect-language")
        detect_language(id, request);
      else if (operation == "decode")
        decode(id, request);
      else if (operation == "align")
        align(id, request);
      else
        throw std::invalid_argument("unknown operation \"" + operation + "\"");
    } catch (const std::exception& error) {
      _writer.write({{"id", id}, {"error", error.what()}});
    }
  }

private:
  void encode(const json& id, const Frame& request) {
    const ct2::StorageView encoded = _encoder.encode(read_floats(request.payload));
    _writer.write({{"id", id}}, encoded.data<float>(), static_cast<size_t>(encoded.size()) * sizeof(float));
  }

  void detect_language(const json& id, const Frame& request) {
    const auto [language, probability] = _decoder.detect_language(read_encoded(request.payload));
    _writer.write({{"id", id}, {"language", language}, {"probability", probability}});
  }

  void decode(const json& id, const Frame& request) {
    const DecodedTokens decoded =
        _decoder.decode(read_encoded(request.payload), read_decode_settings(request.header));
    _writer.write({{"id", id},
                   {"tokens", decoded.tokens},
                   {"averageLogProbability", decoded.average_log_probability},
                   {"noSpeechProbability", decoded.no_speech_probability}});
  }

  void align(const json& id, const Frame& request) {
    const Alignment alignment = _decoder.align(
        read_encoded(request.payload), request.header.at("language").get<std::string>(),
        request.header.at("tokens").get<std::vector<size_t>>(), request.header.at("stepCount").get<size_t>());
    _writer.write({{"id", id}, {"startSteps", alignment.start_steps}, {"probabilities", alignment.probabilities}});
  }

  Whisper _encoder;
  Whisper _decoder;
  FrameWriter& _writer;
};

/// One for each core of a stage beyond that of its own thread, for what is split here and not by the library.
void start_helpers(Cores& cores) {
  static const std::atomic<bool> never{false};
  for (size_t i = 1; i < cores.count(); ++i)
    std::thread([&cores] { cores.work().help_until(never); }).detach();
}

}

Stage::Stage(Cores& cores) : _cores(cores), _thread([this] { run(); }) {}

void Stage::post(Job job) {
  {
    const std::lock_guard<std::mutex> lock(_mutex);
    _jobs.push_back(std::move(job));
    _has_jobs.store(true);
  }
  _cores.work_of_other().wake();
}

void Stage::run() {
  _cores.adopt();
  for (;;) {
    if (const Job job = take()) {
      _cores.begin_job();
      job();
      _cores.end_job();
    } else {
      _cores.work_of_other().help_until(_has_jobs);
    }
  }
}

Stage::Job Stage::take() {
  const std::lock_guard<std::mutex> lock(_mutex);
  Job job;
  if (!_jobs.empty()) {
    job = std::move(_jobs.front());
    _jobs.pop_front();
  }
  _has_jobs.store(!_jobs.empty());
  return job;
}

int serve(const ServerSettings& settings, FrameReader& reader, FrameWriter& writer) {
  std::unique_ptr<WhisperWeights> weights;
  try {
    weights = std::make_unique<WhisperWeights>(settings.model_folder);
  } catch (const std::exception& error) {
    writer.write({{"event", "failed"}, {"error", error.what()}});
    return model_not_loaded;
  }
  Handlers handlers(*weights, writer);
  Cores encode_cores(settings.encode_threads);
  Cores decode_cores(settings.decode_threads);
  Cores::lend_each_other(encode_cores, decode_cores);
  start_helpers(encode_cores);
  start_helpers(decode_cores);
  Stage encode_stage(encode_cores);
  Stage decode_stage(decode_cores);
  writer.write(describe(weights->facts()));

  int exit_code = finished;
  try {
    while (auto frame = reader.read()) {
      Stage& stage = frame->header.value("operation", "") == "encode" ? encode_stage : decode_stage;
      stage.post([&handlers, request = std::move(*frame)] { handlers.answer(request); });
    }
  } catch (const std::exception& error) {
    writer.write({{"event", "failed"}, {"error", error.what()}});
    exit_code = malformed_input;
  }
  // Nobody waits for work under way any more, and it must not go on without its owner.
  std::_Exit(exit_code);
}

}
