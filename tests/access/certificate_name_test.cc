#include "access/certificate_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace iocd::access {
namespace {

TEST(CertificateNameTest, NamesADepartmentOrAnIdentity) {
  const auto department = ParseCertificateName("ioc://son_la/department/stttt");
  ASSERT_TRUE(department.ok()) << department.status();
  EXPECT_EQ(department->territory, "son_la");
  EXPECT_EQ(department->name, "stttt");
  EXPECT_TRUE(department->of_department);

  const auto named = ParseCertificateName("ioc://son_la/name/wall-1.hall");
  ASSERT_TRUE(named.ok()) << named.status();
  EXPECT_EQ(named->name, "wall-1.hall");
  EXPECT_FALSE(named->of_department);
}

TEST(CertificateNameTest, RefusesWhatIsNotExactlyOfThatForm) {
  for (const std::string uri : {"",
                                "ioc:",
                                "ioc://",
                                "ioc://son_la",
                                "ioc://son_la/department",
                                "ioc://son_la/department/",
                                "ioc://son_la/department/stttt/",
                                "ioc://son_la/department/stttt/x",
                                "ioc:///name/x",
                                "IOC://son_la/department/stttt",
                                "ioc://son_la/Department/stttt",
                                "ioc://son_la/department/STTTT",
                                "ioc://son_la/department/st%74tt",
                                "ioc://son_la/department/../name/admin",
                                "ioc://son_la/department/stttt?x",
                                "ioc://user@son_la/department/stttt",
                                "ioc://son_la:443/department/stttt",
                                "http://son_la/department/stttt",
                                " ioc://son_la/department/stttt",
                                "ioc://son_la/department/stttt ",
                                "ioc://son_la/department/sở"}) {
    const auto name = ParseCertificateName(uri);
    EXPECT_FALSE(name.ok()) << uri;
    EXPECT_THAT(std::string(name.status().message()),
                ::testing::HasSubstr("ioc://TERRITORY/department/CODE"));
  }
  EXPECT_FALSE(ParseCertificateName(std::string("ioc://son_la/name/a\0b", 20)).ok());
  EXPECT_FALSE(ParseCertificateName("ioc://son_la/name/" + std::string(65, 'a')).ok());
}

}  // namespace
}  // namespace iocd::access
