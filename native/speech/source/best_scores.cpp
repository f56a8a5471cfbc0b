#include "best_scores.h"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__)
#  include <immintrin.h>
#endif

namespace longhand {

namespace {

/// Scores that are looked at together: nearly all of them are lower than those that were found.
constexpr size_t scores_at_once = 32;

using FindHigher = bool (*)(const float*, float);

bool has_higher_anywhere(const float* scores, float lowest) {
  return std::any_of(scores, scores + scores_at_once, [=](float score) { return score > lowest; });
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("avx2"))) bool has_higher_with_avx2(const float* scores, float lowest) {
  const __m256 limit = _mm256_set1_ps(lowest);
  __m256 highest = _mm256_loadu_ps(scores);
  for (size_t i = 8; i < scores_at_once; i += 8)
    highest = _mm256_max_ps(highest, _mm256_loadu_ps(scores + i));
  return _mm256_movemask_ps(_mm256_cmp_ps(highest, limit, _CMP_GT_OQ)) != 0;
}
#endif

FindHigher choose_search() {
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx2"))
    return has_higher_with_avx2;
#endif
  return has_higher_anywhere;
}

}

void find_best_scores(const float* scores, size_t score_count, size_t count, float* best, int32_t* indices) {
  static const FindHigher has_higher = choose_search();
  size_t found = 0;
  const auto offer = [&](size_t index) {
    const float score = scores[index];
    if (found == count && !(score > best[count - 1]))
      return;
    size_t place = found < count ? found++ : count - 1;
    for (; place > 0 && score > best[place - 1]; --place) {
      best[place] = best[place - 1];
      indices[place] = indices[place - 1];
    }
    best[place] = score;
    indices[place] = static_cast<int32_t>(index);
  };
  size_t index = 0;
  for (; index + scores_at_once <= score_count; index += scores_at_once) {
    if (found == count && !has_higher(scores + index, best[count - 1]))
      continue;
    for (size_t i = index; i < index + scores_at_once; ++i)
      offer(i);
  }
  for (; index < score_count; ++index)
    offer(index);
}

}
