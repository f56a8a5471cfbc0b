#include "whisper.h"

#include "attention.h"

#include <algorithm>
#include <stdexcept>

namespace longhand {

namespace ct2 = ctranslate2;

namespace {

/// Width of the median filter over attention weights, as in the reference.
constexpr ct2::dim_t median_filter_width = 7;

std::shared_ptr<const ct2::models::WhisperModel> load(const std::string& folder) {
  ct2::models::ModelLoader loader(folder);
  loader.compute_type = ct2::ComputeType::INT8;
  auto model = std::dynamic_pointer_cast<const ct2::models::WhisperModel>(loader.load().at(0));
  if (!model)
    throw std::invalid_argument("the model in " + folder + " is not a Whisper model");
  return model;
}

ModelFacts read_facts(const ct2::models::WhisperModel& model) {
  const ct2::Vocabulary& vocabulary = model.get_vocabulary();
  const ct2::models::WhisperReplica replica(
      std::static_pointer_cast<const ct2::models::WhisperModel>(model.shared_from_this()));
  ModelFacts facts;
  facts.band_count = replica.n_mels();
  facts.is_multilingual = replica.is_multilingual();
  facts.end_of_text_token = vocabulary.eos_id();
  facts.first_timestamp_token = vocabulary.to_id("<|notimestamps|>", /*allow_unk=*/false) + 1;
  facts.vocabulary_size = vocabulary.size();
  if (facts.is_multilingual) {
    for (size_t i = 0; i < replica.num_languages(); ++i) {
      const std::string& token = vocabulary.to_token(vocabulary.bos_id() + 1 + i);
      facts.languages.push_back(token.substr(2, token.size() - 4));
    }
  }
  return facts;
}

}

WhisperWeights::WhisperWeights(const std::string& folder) : _model(load(folder)), _facts(read_facts(*_model)) {}

Whisper::Whisper(const WhisperWeights& weights)
    : _weights(weights),
      _log_mel(weights.facts().band_count),
      _replica(ct2::models::WhisperReplica::create_from_model(weights.model())) {}

std::vector<size_t> Whisper::make_prompt(const std::string& language) const {
  const ct2::Vocabulary& vocabulary = _weights.model().get_vocabulary();
  std::vector<size_t> prompt{vocabulary.bos_id()};
  if (!_weights.facts().is_multilingual)
    return prompt;
  const std::string language_token = "<|" + language + "|>";
  if (!vocabulary.contains(language_token))
    throw std::invalid_argument("the model does not know the language \"" + language + "\"");
  prompt.push_back(vocabulary.to_id(language_token));
  prompt.push_back(vocabulary.to_id("<|transcribe|>", /*allow_unk=*/false));
  return prompt;
}

ct2::StorageView Whisper::encode(const std::vector<float>& samples) {
  std::vector<float> features = _log_mel.compute(samples);
  const ct2::Shape shape{1, static_cast<ct2::dim_t>(_log_mel.band_count()),
                         static_cast<ct2::dim_t>(LogMel::frame_count)};
  return _replica->encode(ct2::StorageView(shape, features), /*to_cpu=*/true).to_float32();
}

std::pair<std::string, float> Whisper::detect_language(const ct2::StorageView& encoded) {
  if (!_weights.facts().is_multilingual)
    return {"en", 1.0f};
  forget_chunk();
  const auto best = _replica->detect_language(encoded).at(0).at(0);
  return {best.first.substr(2, best.first.size() - 4), best.second};
}

DecodedTokens Whisper::decode(const ct2::StorageView& encoded, const DecodeSettings& settings) {
  ct2::models::WhisperOptions options;
  options.beam_size = settings.beam_size;
  options.repetition_penalty = settings.repetition_penalty;
  options.no_repeat_ngram_size = settings.no_repeat_ngram_size;
  options.return_scores = true;
  options.return_no_speech_prob = true;

  std::vector<size_t> prompt = make_prompt(settings.language);
  prompt.insert(prompt.end(), settings.prefix.begin(), settings.prefix.end());
  const std::vector<std::vector<size_t>> prompts{std::move(prompt)};
  forget_chunk();
  const ct2::models::WhisperGenerationResult result = _replica->generate(encoded, prompts, options).at(0);

  DecodedTokens decoded;
  decoded.tokens = result.sequences_ids.at(0);
  // The score is the mean over the tokens without the end; the thresholds were made for the mean with it.
  const float length = static_cast<float>(decoded.tokens.size());
  decoded.average_log_probability = result.scores.at(0) * length / (length + 1);
  decoded.no_speech_probability = result.no_speech_prob;
  return decoded;
}

Alignment Whisper::align(const ct2::StorageView& encoded, const std::string& language,
                         const std::vector<size_t>& text_tokens, size_t step_count) {
  // The model counts frames of 10 ms, two to a step.
  const std::vector<size_t> frame_counts{step_count * 2};
  forget_chunk();
  const auto result =
      _replica->align(encoded, make_prompt(language), {text_tokens}, frame_counts, median_filter_width).at(0);

  // Pairs of token and step along the best path: a token starts at its first step.
  Alignment alignment;
  alignment.start_steps.assign(text_tokens.size() + 1, 0);
  std::vector<bool> seen(text_tokens.size() + 1, false);
  for (const auto& [token, step] : result.alignments) {
    const size_t index = static_cast<size_t>(token);
    if (index >= seen.size() || seen[index])
      continue;
    seen[index] = true;
    alignment.start_steps[index] = static_cast<size_t>(step);
  }
  alignment.probabilities = result.text_token_probs;
  return alignment;
}

}
