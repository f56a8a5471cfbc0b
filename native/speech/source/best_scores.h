#pragma once

#include <cstddef>
#include <cstdint>

namespace longhand {

/// The `count` highest scores, highest first, and where they stand; of equal ones the first.
void find_best_scores(const float* scores, size_t score_count, size_t count, float* best, int32_t* indices);

}
