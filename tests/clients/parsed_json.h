#pragma once

#include <gtest/gtest.h>

#include <string>

#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace iocctl {

/// What a command printed with --json. Fails the test if it is no JSON object.
inline google::protobuf::Struct ParseJson(const std::string& text) {
  google::protobuf::Struct object;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(text, &object).ok()) << text;
  return object;
}

inline double Number(const std::string& json, const std::string& key) {
  return ParseJson(json).fields().at(key).number_value();
}

}  // namespace iocctl
