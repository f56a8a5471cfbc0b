#pragma once

#include "log_mel.h"

#include <ctranslate2/models/whisper.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace longhand {

/// What the caller must know about a model to read its tokens.
struct ModelFacts {
  size_t band_count;
  bool is_multilingual;
  size_t end_of_text_token;
  /// Token of `<|0.00|>`; each one after it is 20 ms later.
  size_t first_timestamp_token;
  size_t vocabulary_size;
  /// Codes such as "en"; empty for an English-only model.
  std::vector<std::string> languages;
};

struct DecodeSettings {
  std::string language;
  size_t beam_size = 1;
  float repetition_penalty = 1;
  /// 0 allows every repetition.
  size_t no_repeat_ngram_size = 0;
  /// Tokens that the text is made to start with: how a decode is continued.
  std::vector<size_t> prefix;
};

struct DecodedTokens {
  /// Text and timestamp tokens, without the prompt, the prefix and the end.
  std::vector<size_t> tokens;
  float average_log_probability;
  float no_speech_probability;
};

struct Alignment {
  /// For each text token and for the end: the 20 ms step at which it starts.
  std::vector<size_t> start_steps;
  std::vector<float> probabilities;
};

/// The weights, loaded once and shared by all stages.
class WhisperWeights {
public:
  /// @param folder a CTranslate2 model
  /// @throws std::exception where it is none
  explicit WhisperWeights(const std::string& folder);

  const ModelFacts& facts() const { return _facts; }
  const ctranslate2::models::WhisperModel& model() const { return *_model; }

private:
  std::shared_ptr<const ctranslate2::models::WhisperModel> _model;
  ModelFacts _facts;
};

/// One worker's view of the model. Not to be shared between threads.
class Whisper {
public:
  explicit Whisper(const WhisperWeights& weights);

  /// @return what the decoder reads: steps × width values
  ctranslate2::StorageView encode(const std::vector<float>& samples);

  std::pair<std::string, float> detect_language(const ctranslate2::StorageView& encoded);
  DecodedTokens decode(const ctranslate2::StorageView& encoded, const DecodeSettings& settings);

  /// @param text_tokens without timestamps
  /// @param step_count 20 ms steps of audio
  Alignment align(const ctranslate2::StorageView& encoded, const std::string& language,
                  const std::vector<size_t>& text_tokens, size_t step_count);

private:
  std::vector<size_t> make_prompt(const std::string& language) const;

  const WhisperWeights& _weights;
  LogMel _log_mel;
  std::unique_ptr<ctranslate2::models::WhisperReplica> _replica;
};

}
