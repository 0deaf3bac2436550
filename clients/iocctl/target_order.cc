#include "iocctl/target_order.h"

#include "iocctl/status_words.h"

namespace iocctl {

bool IsWorse(const ioc::v1::TargetRow& a, const ioc::v1::TargetRow& b) {
  const std::size_t rank_a = StatusRank(a.status()), rank_b = StatusRank(b.status());
  if (rank_a != rank_b) return rank_a < rank_b;
  const auto share = [](const ioc::v1::TargetRow& row) {
    return row.target_value() == 0 ? row.shortfall() : row.shortfall() / row.target_value();
  };
  return share(a) > share(b);
}

}  // namespace iocctl
