#include "base/nearest.h"

#include <gtest/gtest.h>

#include <string>

namespace iocd {
namespace {

TEST(NearestTest, NamesTheWordOneSlipAway) {
  const std::vector<absl::string_view> words = {"grpc", "http", "data_dir", "catalogue"};
  EXPECT_EQ(DidYouMean("grcp", words), "; did you mean 'grpc'?");  // swapped
  EXPECT_EQ(DidYouMean("htp", words), "; did you mean 'http'?");   // dropped
  EXPECT_EQ(DidYouMean("datas_dir", words), "; did you mean 'data_dir'?");
  EXPECT_EQ(DidYouMean("catalog", words), "; did you mean 'catalogue'?");
}

TEST(NearestTest, IsSilentWhenNothingIsNear) {
  EXPECT_EQ(DidYouMean("producer", {"grpc", "http"}), "");
  EXPECT_EQ(DidYouMean("", {"grpc"}), "");
  EXPECT_EQ(DidYouMean("grpc", {}), "");
  EXPECT_EQ(DidYouMean(std::string(100'000, 'g'), {"grpc"}), "");
}

}  // namespace
}  // namespace iocd
