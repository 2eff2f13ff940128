// Every message that protoc-c generated. Made by scripts/generate-proto.
#pragma once
#include "google/protobuf/timestamp.pb-c.h"
#include "grpc/health/v1/health.pb-c.h"
#include "linekeeper/rpc/v1/frame.pb-c.h"
#include "linekeeper/rpc/v1/reflection.pb-c.h"
#include "linekeeper/v1/admin.pb-c.h"
#include "linekeeper/v1/assignment.pb-c.h"
#include "linekeeper/v1/carrier.pb-c.h"
#include "linekeeper/v1/common.pb-c.h"
#include "linekeeper/v1/number.pb-c.h"
