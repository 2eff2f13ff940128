import LinekeeperProto

extension MethodTable {
    /// Adds gRPC's health service, which needs no token: `Check`, and `Watch` as a stream.
    ///
    /// `Check` of a name that `state` does not know ends `NOT_FOUND`; `Watch` of one says
    /// `SERVICE_UNKNOWN` and goes on, as gRPC has it.
    public mutating func health(_ state: HealthState) {
        inline("/grpc.health.v1.Health/Check", access: .anyone) { call in
            let request: Proto.HealthCheckRequest
            do throws(MalformedMessage) {
                request = try unsafe Proto.HealthCheckRequest(
                    decoding: call.payload.unsafeBytes, arena: call.arena)
            } catch {
                return .refusal(.malformed(error))
            }
            guard let status = state[request.service] else {
                return .refusal(.serviceUnknown(request.service))
            }
            return .payload(Proto.HealthCheckResponse(status).encoded())
        }
        stream("/grpc.health.v1.Health/Watch", access: .anyone) {
            (_, payload, writer) async throws(Status) in
            let request: Proto.HealthCheckRequest
            do throws(MalformedMessage) {
                request = try Proto.HealthCheckRequest(decoding: payload)
            } catch {
                throw Status.malformed(error)
            }
            for await status in state.changes(of: request.service) {
                try await writer.write(Proto.HealthCheckResponse(status).encoded())
            }
        }
    }

    /// Adds `linekeeper.rpc.v1.Reflection/GetDescriptors`, for every valid token.
    ///
    /// - Parameter descriptors: A serialized `google.protobuf.FileDescriptorSet`.
    public mutating func reflection(_ descriptors: [UInt8]) {
        var response = Proto.GetDescriptorsResponse()
        response.fileDescriptorSet = descriptors
        let payload = response.encoded()
        inline("/linekeeper.rpc.v1.Reflection/GetDescriptors", access: .anyIdentity) { _ in
            .payload(payload)
        }
    }
}

extension Proto.HealthCheckResponse {
    fileprivate init(_ status: HealthState.Status?) {
        self.init()
        self.status =
            switch status {
            case .serving: .serving
            case .notServing: .notServing
            case nil: .serviceUnknown
            }
    }
}

extension Status {
    fileprivate static func malformed(_ error: MalformedMessage) -> Status {
        Status(
            .invalidArgument, "The request is not valid: \(error).", reason: "REQUEST_MALFORMED",
            violations: error.field.isEmpty
                ? [] : [Violation(field: error.field, description: error.description)])
    }

    fileprivate static func serviceUnknown(_ service: String) -> Status {
        Status(
            .notFound, "There is no service of this name here; the empty name is the whole server.",
            reason: "SERVICE_UNKNOWN", facts: ["service": String(service.prefix(200))])
    }
}
