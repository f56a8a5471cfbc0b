// Prints the features of an audio read from standard input (32-bit floats): one line a band, ten frames a second.
// tests/integration/speech-engine-log-mel.test.ts compares them with numbers made by the reference.

#include "../source/log_mel.h"

#include <cstdio>
#include <vector>

int main() {
  std::vector<float> samples;
  float buffer[4096];
  for (size_t count; (count = std::fread(buffer, sizeof(float), 4096, stdin)) > 0;)
    samples.insert(samples.end(), buffer, buffer + count);

  const longhand::LogMel log_mel(80);
  const std::vector<float> features = log_mel.compute(samples);
  for (size_t band = 0; band < log_mel.band_count(); ++band) {
    for (size_t frame = 0; frame < 400; frame += 10)
      std::printf("%.5f ", features[band * longhand::LogMel::frame_count + frame]);
    std::printf("\n");
  }
}
