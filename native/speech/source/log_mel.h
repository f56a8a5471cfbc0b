#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace longhand {

/// What Whisper's encoder reads: the logarithm of the energy in mel bands, one frame every 10 ms, always for 30 s.
/// The same numbers as OpenAI's reference makes, with zeros behind the end of the audio.
class LogMel {
public:
  static constexpr size_t sample_rate_hz = 16000;
  static constexpr size_t samples_per_frame = 160;
  static constexpr size_t frame_count = 3000;
  static constexpr size_t longest_audio_samples = frame_count * samples_per_frame;

  /// @param band_count 80, or 128 for the large-v3 family
  explicit LogMel(size_t band_count);

  size_t band_count() const { return _bands.size(); }

  /// @param samples mono, 16 kHz, -1 to 1; at most 30 s
  /// @return band_count rows of frame_count values
  std::vector<float> compute(const std::vector<float>& samples) const;

private:
  static constexpr size_t window_samples = 400;
  static constexpr size_t half_window = window_samples / 2;
  static constexpr size_t bin_count = half_window + 1;
  /// Bins k and 200 - k come from the same sums, so only the first 101 are summed; rounded up to whole vectors.
  static constexpr size_t summed_bins = 104;

  /// A triangle over the bins from `first_bin` on.
  struct Band {
    size_t first_bin = 0;
    std::vector<float> weights;
  };

  using Spectrum = std::array<float, bin_count>;

  void make_windows();
  void make_bands(size_t band_count);
  void measure_power(const float* windowed, Spectrum& power) const;

  std::array<float, window_samples> _window{};
  std::vector<float> _cosines;
  std::vector<float> _sines;
  std::vector<Band> _bands;
};

}
