#include "iocctl/resume_view.h"

#include <gtest/gtest.h>

namespace iocctl {
namespace {

TEST(ResumeViewTest, SaysWhereToGoOnAndWhatIsMissing) {
  ioc::v1::ResumeResponse resumed;
  resumed.set_last_sequence(17);
  resumed.set_closed_through(3);
  resumed.add_gaps()->set_first(5);
  resumed.mutable_gaps(0)->set_last(5);
  resumed.add_gaps()->set_first(8);
  resumed.mutable_gaps(1)->set_last(11);
  EXPECT_EQ(ResumeText("stp", "mot-cua", resumed),
            "Producer 'mot-cua' of stp has come to sequence 17; go on with 18.\n"
            "Not taken, and may still be sent:\n"
            "  5\n"
            "  8 to 11\n"
            "At or below 3 nothing more is taken: gaps there were closed.\n");
}

TEST(ResumeViewTest, ANewProducerBeginsWithOne) {
  EXPECT_EQ(ResumeText("stp", "new", {}),
            "Producer 'new' of stp has sent no batch with a sequence yet; begin with 1.\n");
}

}  // namespace
}  // namespace iocctl
