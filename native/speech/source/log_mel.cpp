#include "log_mel.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

// The sums below are most of the work here. The program is built for every 64-bit processor, so the compiler makes a
// second copy of them for those with AVX2, and the loader picks one.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#  define LONGHAND_FOR_EACH_PROCESSOR __attribute__((target_clones("avx2,fma", "default")))
#else
#  define LONGHAND_FOR_EACH_PROCESSOR
#endif

namespace longhand {

namespace {

constexpr double pi = 3.14159265358979323846;

/// Below this energy the logarithm is cut off, as in the reference.
constexpr float least_energy = 1e-10f;
constexpr float quietest_log = -10.0f;

/// Slaney's mel scale: linear up to 1 kHz, logarithmic above.
double mel_to_hz(double mel) {
  constexpr double hz_per_mel = 200.0 / 3.0;
  constexpr double break_mel = 15.0;
  static const double log_step = std::log(6.4) / 27.0;
  return mel < break_mel ? mel * hz_per_mel : 1000.0 * std::exp(log_step * (mel - break_mel));
}

/// `mel` of 8 kHz, half the sample rate.
constexpr double highest_mel = 45.245640471924965;

/// For every bin k: sums[k] += value * row[k]. Even and odd samples go to different sums.
LONGHAND_FOR_EACH_PROCESSOR
void add_scaled_rows(const float* values, const float* table, size_t row_length, size_t first_row, size_t last_row,
                     float* sums) {
  for (size_t row = first_row; row <= last_row; row += 2) {
    const float value = values[row];
    const float* factors = table + row * row_length;
    for (size_t k = 0; k < row_length; ++k)
      sums[k] += value * factors[k];
  }
}

}

LogMel::LogMel(size_t band_count) {
  make_windows();
  make_bands(band_count);
}

void LogMel::make_windows() {
  for (size_t i = 0; i < window_samples; ++i)
    _window[i] = static_cast<float>(0.5 - 0.5 * std::cos(2.0 * pi * i / window_samples));
  _cosines.resize(bin_count * summed_bins);
  _sines.resize(bin_count * summed_bins);
  for (size_t n = 0; n < bin_count; ++n) {
    for (size_t k = 0; k < summed_bins; ++k) {
      // The product is reduced first: a large angle would cost precision.
      const double angle = 2.0 * pi * static_cast<double>((n * k) % window_samples) / window_samples;
      _cosines[n * summed_bins + k] = static_cast<float>(std::cos(angle));
      _sines[n * summed_bins + k] = static_cast<float>(std::sin(angle));
    }
  }
}

void LogMel::make_bands(size_t band_count) {
  constexpr double hz_per_bin = static_cast<double>(sample_rate_hz) / window_samples;
  std::vector<double> edges(band_count + 2);
  for (size_t i = 0; i < edges.size(); ++i)
    edges[i] = mel_to_hz(highest_mel * static_cast<double>(i) / static_cast<double>(band_count + 1));

  _bands.resize(band_count);
  for (size_t band = 0; band < band_count; ++band) {
    const double low = edges[band], middle = edges[band + 1], high = edges[band + 2];
    // Slaney's normalisation: every triangle has the same area.
    const double scale = 2.0 / (high - low);
    for (size_t k = 0; k < bin_count; ++k) {
      const double hz = static_cast<double>(k) * hz_per_bin;
      const double weight = std::min((hz - low) / (middle - low), (high - hz) / (high - middle));
      if (weight <= 0)
        continue;
      if (_bands[band].weights.empty())
        _bands[band].first_bin = k;
      _bands[band].weights.push_back(static_cast<float>(weight * scale));
    }
  }
}

void LogMel::measure_power(const float* windowed, Spectrum& power) const {
  // The transform of a real window: its part that is even around the middle gives the cosines, the odd part the sines.
  std::array<float, bin_count> even{}, odd{};
  even[0] = windowed[0];
  even[half_window] = windowed[half_window];
  for (size_t n = 1; n < half_window; ++n) {
    even[n] = windowed[n] + windowed[window_samples - n];
    odd[n] = windowed[n] - windowed[window_samples - n];
  }

  // Turning k into 200 - k flips the sign of every second term: sum the terms apart, and have both bins at once.
  alignas(64) std::array<float, summed_bins> real_even{}, real_odd{}, imaginary_even{}, imaginary_odd{};
  add_scaled_rows(even.data(), _cosines.data(), summed_bins, 0, half_window, real_even.data());
  add_scaled_rows(even.data(), _cosines.data(), summed_bins, 1, half_window - 1, real_odd.data());
  add_scaled_rows(odd.data(), _sines.data(), summed_bins, 2, half_window - 2, imaginary_even.data());
  add_scaled_rows(odd.data(), _sines.data(), summed_bins, 1, half_window - 1, imaginary_odd.data());

  const auto square = [](float value) { return value * value; };
  for (size_t k = 0; k <= half_window / 2; ++k) {
    power[k] = square(real_even[k] + real_odd[k]) + square(imaginary_even[k] + imaginary_odd[k]);
    power[half_window - k] = square(real_even[k] - real_odd[k]) + square(imaginary_even[k] - imaginary_odd[k]);
  }
}

std::vector<float> LogMel::compute(const std::vector<float>& samples) const {
  if (samples.size() > longest_audio_samples)
    throw std::invalid_argument("the audio is longer than 30 s");

  // Frames are centred on their time: half a window of mirrored audio stands before the first sample.
  std::vector<float> padded(half_window + longest_audio_samples + half_window, 0.0f);
  std::copy(samples.begin(), samples.end(), padded.begin() + half_window);
  for (size_t i = 1; i <= half_window; ++i)
    padded[half_window - i] = padded[half_window + i];

  std::vector<float> features(_bands.size() * frame_count, quietest_log);
  float loudest = quietest_log;
  // Frames that lie wholly behind the audio hold zeros and keep the quietest value.
  const size_t sounding_frames =
      std::min(frame_count, (samples.size() + half_window + samples_per_frame - 1) / samples_per_frame);
  std::array<float, window_samples> windowed;
  Spectrum power;
  for (size_t frame = 0; frame < sounding_frames; ++frame) {
    const float* start = padded.data() + frame * samples_per_frame;
    for (size_t i = 0; i < window_samples; ++i)
      windowed[i] = start[i] * _window[i];
    measure_power(windowed.data(), power);
    for (size_t band = 0; band < _bands.size(); ++band) {
      const Band& triangle = _bands[band];
      float energy = 0;
      for (size_t i = 0; i < triangle.weights.size(); ++i)
        energy += triangle.weights[i] * power[triangle.first_bin + i];
      const float value = std::log10(std::max(energy, least_energy));
      features[band * frame_count + frame] = value;
      loudest = std::max(loudest, value);
    }
  }

  // As the reference: 80 dB below the loudest is silence, and the range is brought near -1 to 1.
  for (float& value : features)
    value = (std::max(value, loudest - 8.0f) + 4.0f) / 4.0f;

  // Behind the audio stands zero, as in the reference's transcription of a last window, and not the value of silence:
  // with that the text has more errors (docs/decisions/0002-speech-engine.md).
  const size_t content_frames = samples.size() / samples_per_frame;
  for (size_t band = 0; band < _bands.size(); ++band) {
    const auto row = features.begin() + static_cast<std::ptrdiff_t>(band * frame_count);
    std::fill(row + static_cast<std::ptrdiff_t>(content_frames), row + frame_count, 0.0f);
  }
  return features;
}

}
