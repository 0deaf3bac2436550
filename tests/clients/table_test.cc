#include "iocctl/table.h"

#include "gtest/gtest.h"

namespace iocctl {
namespace {

TEST(TableTest, AlignsVietnameseText) {
  Table table({{"NAME"}, {"N", true}, {"END"}});
  table.AddRow({{"Sở Y tế"}, {"5"}, {"a"}});
  table.AddRow({{"x"}, {"100"}, {"b"}});
  EXPECT_EQ(table.ToText(false),
            "NAME       N  END\n"
            "Sở Y tế    5  a\n"
            "x        100  b\n");
}

TEST(TableTest, ColoursCellsWithoutShiftingThem) {
  Table table({{"S"}, {"T"}});
  table.AddRow({{"ok", "32"}, {"t"}});
  table.AddRow({{"late", "31"}, {"t"}});
  EXPECT_EQ(table.ToText(true),
            "\x1b[1mS   \x1b[0m  \x1b[1mT\x1b[0m\n"
            "\x1b[32mok  \x1b[0m  t\n"
            "\x1b[31mlate\x1b[0m  t\n");
}

TEST(TableTest, ALineUnderARowWidensNoColumn) {
  Table table({{"S"}, {"T"}});
  table.AddRow({{"ok"}, {"t"}});
  table.AddLine({"    which is well"});
  table.AddRow({{"late"}, {"t"}});
  EXPECT_EQ(table.ToText(false),
            "S     T\n"
            "ok    t\n"
            "    which is well\n"
            "late  t\n");
}

}  // namespace
}  // namespace iocctl
