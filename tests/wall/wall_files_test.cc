#include "wall/wall_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace iocd::wall {
namespace {

constexpr char kFolder[] = "daemon/wall/";

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(WallFilesTest, HoldEveryFileOfTheFolderAsItStandsThere) {
  std::set<std::string> embedded;
  for (const WallFile& file : WallFiles()) {
    embedded.insert(std::string(file.name));
    EXPECT_EQ(std::string(file.text), Read(kFolder + std::string(file.name))) << file.name;
  }
  std::set<std::string> in_folder;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    const std::string extension = entry.path().extension();
    if (extension == ".html" || extension == ".css" || extension == ".js") {
      in_folder.insert(entry.path().filename());
    }
  }
  EXPECT_EQ(embedded, in_folder);
}

TEST(WallFilesTest, SayWhatTheyAre) {
  ASSERT_NE(FindWallFile("index.html"), nullptr);
  EXPECT_EQ(FindWallFile("index.html")->content_type, "text/html; charset=utf-8");
  ASSERT_NE(FindWallFile("style.css"), nullptr);
  EXPECT_EQ(FindWallFile("style.css")->content_type, "text/css; charset=utf-8");
  ASSERT_NE(FindWallFile("app.js"), nullptr);
  EXPECT_EQ(FindWallFile("app.js")->content_type, "text/javascript; charset=utf-8");
  EXPECT_NE(FindWallFile("app.js")->etag, FindWallFile("style.css")->etag);
  EXPECT_EQ(FindWallFile("nothing.js"), nullptr);
  EXPECT_EQ(FindWallFile(""), nullptr);
}

// A name that is mistyped in an import leaves the whole wall empty.
TEST(WallFilesTest, ImportOnlyWhatIsThere) {
  const std::regex import(R"re((?:from|import) '\./([^']+)')re");
  std::size_t imports = 0;
  for (const WallFile& file : WallFiles()) {
    const std::string text(file.text);
    for (std::sregex_iterator it(text.begin(), text.end(), import); it != std::sregex_iterator();
         ++it) {
      ++imports;
      EXPECT_NE(FindWallFile((*it)[1].str()), nullptr) << file.name << " imports " << (*it)[1];
    }
  }
  EXPECT_GT(imports, 0u);
}

}  // namespace
}  // namespace iocd::wall
