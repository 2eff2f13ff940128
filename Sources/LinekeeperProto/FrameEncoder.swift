import CLinekeeperProto
import CProtobufC

/// Encodes the frames that are not on the hot path, each with its length prefix.
///
/// C structures are built in the arena and packed by protobuf-c. Every method returns `nil` when
/// the texts do not fit the arena's budget. Nothing returned refers to the arena; the caller resets
/// it when it likes.
package struct FrameEncoder {
    private let arena: Arena

    package init(arena: Arena) { self.arena = arena }

    /// A client's first frame.
    package func hello(version: UInt32, metadata: [(key: String, value: String)]) -> [UInt8]? {
        var hello = Linekeeper__Rpc__V1__Hello()
        linekeeper__rpc__v1__hello__init(&hello)
        hello.protocol_version = version
        guard let entries = wire(metadata) else { return nil }
        hello.metadata = entries.baseAddress
        hello.n_metadata = entries.count
        return withUnsafeMutablePointer(to: &hello) { hello in
            frame(callID: 0, LINEKEEPER__RPC__V1__FRAME__BODY_HELLO) { $0.hello = hello }
        }
    }

    /// Opens a call. A timeout of 0 leaves it to the server.
    package func request(
        callID: UInt64, method: String, payload: [UInt8], timeoutMilliseconds: UInt32 = 0,
        metadata: [(key: String, value: String)] = []
    ) -> [UInt8]? {
        var request = Linekeeper__Rpc__V1__Request()
        linekeeper__rpc__v1__request__init(&request)
        guard let method = cString(method), let entries = wire(metadata) else { return nil }
        request.method = method
        request.timeout_ms = timeoutMilliseconds
        request.metadata = entries.baseAddress
        request.n_metadata = entries.count
        return payload.withUnsafeBufferPointer { bytes in
            request.payload = ProtobufCBinaryData(
                len: bytes.count, data: UnsafeMutablePointer(mutating: bytes.baseAddress))
            return withUnsafeMutablePointer(to: &request) { request in
                frame(callID: callID, LINEKEEPER__RPC__V1__FRAME__BODY_REQUEST) {
                    $0.request = request
                }
            }
        }
    }

    /// Ends a call with a status.
    package func response(callID: UInt64, status: FrameStatus) -> [UInt8]? {
        var response = Linekeeper__Rpc__V1__Response()
        linekeeper__rpc__v1__response__init(&response)
        guard let status = wire(status) else { return nil }
        response.status = status
        return withUnsafeMutablePointer(to: &response) { response in
            frame(callID: callID, LINEKEEPER__RPC__V1__FRAME__BODY_RESPONSE) {
                $0.response = response
            }
        }
    }

    /// Says that no call above `lastCallID` will be served.
    package func goAway(lastCallID: UInt64, status: FrameStatus) -> [UInt8]? {
        var goAway = Linekeeper__Rpc__V1__GoAway()
        linekeeper__rpc__v1__go_away__init(&goAway)
        guard let status = wire(status) else { return nil }
        goAway.last_call_id = lastCallID
        goAway.status = status
        return withUnsafeMutablePointer(to: &goAway) { goAway in
            frame(callID: 0, LINEKEEPER__RPC__V1__FRAME__BODY_GO_AWAY) { $0.go_away = goAway }
        }
    }

    /// Asks the server to give a call up.
    package func cancel(callID: UInt64) -> [UInt8]? {
        var cancel = Linekeeper__Rpc__V1__Cancel()
        linekeeper__rpc__v1__cancel__init(&cancel)
        return withUnsafeMutablePointer(to: &cancel) { cancel in
            frame(callID: callID, LINEKEEPER__RPC__V1__FRAME__BODY_CANCEL) { $0.cancel = cancel }
        }
    }

    /// Asks the peer for a sign of life.
    package func ping(token: UInt64) -> [UInt8]? {
        var ping = Linekeeper__Rpc__V1__Ping()
        linekeeper__rpc__v1__ping__init(&ping)
        ping.token = token
        return withUnsafeMutablePointer(to: &ping) { ping in
            frame(callID: 0, LINEKEEPER__RPC__V1__FRAME__BODY_PING) { $0.ping = ping }
        }
    }

    /// Answers a ping with its token.
    package func pong(token: UInt64) -> [UInt8]? {
        var pong = Linekeeper__Rpc__V1__Pong()
        linekeeper__rpc__v1__pong__init(&pong)
        pong.token = token
        return withUnsafeMutablePointer(to: &pong) { pong in
            frame(callID: 0, LINEKEEPER__RPC__V1__FRAME__BODY_PONG) { $0.pong = pong }
        }
    }

    // Every structure handed in here lives on the stack until the frame is packed.
    private func frame(
        callID: UInt64, _ bodyCase: Linekeeper__Rpc__V1__Frame__BodyCase,
        setBody: (inout Linekeeper__Rpc__V1__Frame) -> Void
    ) -> [UInt8]? {
        var frame = Linekeeper__Rpc__V1__Frame()
        linekeeper__rpc__v1__frame__init(&frame)
        frame.call_id = callID
        frame.body_case = bodyCase
        setBody(&frame)
        let count = linekeeper__rpc__v1__frame__get_packed_size(&frame)
        guard let announced = UInt32(exactly: count) else { return nil }
        let prefixByteCount = FrameDecoder.prefixByteCount
        return [UInt8](unsafeUninitializedCapacity: prefixByteCount + count) { bytes, filled in
            guard let start = bytes.baseAddress else { return }
            UnsafeMutableRawPointer(start).storeBytes(of: announced.bigEndian, as: UInt32.self)
            filled = prefixByteCount
            filled += linekeeper__rpc__v1__frame__pack(&frame, start + prefixByteCount)
        }
    }
}

// C structures in the arena.
extension FrameEncoder {
    private func cString(_ text: String) -> UnsafeMutablePointer<CChar>? {
        let count = text.utf8.count
        guard let memory = arena.allocate(count + 1) else { return nil }
        let bytes = UnsafeMutableRawBufferPointer(start: memory, count: count + 1)
        bytes.copyBytes(from: text.utf8)
        bytes[count] = 0
        return memory.bindMemory(to: CChar.self, capacity: count + 1)
    }

    /// A row of pointers to structures, each filled by `fill`; `nil` when the budget is spent.
    private func row<Element, Layout>(
        _ elements: some Collection<Element>, as layout: Layout.Type,
        fill: (Element, UnsafeMutablePointer<Layout>) -> Bool
    ) -> UnsafeMutableBufferPointer<UnsafeMutablePointer<Layout>?>? {
        typealias Pointer = UnsafeMutablePointer<Layout>?
        guard let memory = arena.allocate(elements.count * MemoryLayout<Pointer>.stride) else {
            return nil
        }
        let pointers = memory.bindMemory(to: Pointer.self, capacity: elements.count)
        var index = 0
        for element in elements {
            guard let structure = allocate(layout), fill(element, structure) else { return nil }
            pointers[index] = structure
            index += 1
        }
        return UnsafeMutableBufferPointer(start: pointers, count: index)
    }

    private func allocate<Layout>(_ layout: Layout.Type) -> UnsafeMutablePointer<Layout>? {
        arena.allocate(MemoryLayout<Layout>.size)?.bindMemory(to: Layout.self, capacity: 1)
    }

    private func wire(
        _ metadata: [(key: String, value: String)]
    ) -> UnsafeMutableBufferPointer<UnsafeMutablePointer<Linekeeper__Rpc__V1__Metadata>?>? {
        row(metadata, as: Linekeeper__Rpc__V1__Metadata.self) { pair, entry in
            linekeeper__rpc__v1__metadata__init(entry)
            guard let key = cString(pair.key), let value = cString(pair.value) else { return false }
            entry.pointee.key = key
            entry.pointee.value = value
            return true
        }
    }

    private func wire(_ status: FrameStatus) -> UnsafeMutablePointer<Linekeeper__Rpc__V1__Status>? {
        guard let wire = allocate(Linekeeper__Rpc__V1__Status.self),
            let message = cString(status.message),
            let detail = detail(of: status)
        else { return nil }
        linekeeper__rpc__v1__status__init(wire)
        wire.pointee.code = status.code
        wire.pointee.message = message
        wire.pointee.detail = detail
        return wire
    }

    private func detail(
        of status: FrameStatus
    ) -> UnsafeMutablePointer<Linekeeper__Rpc__V1__ErrorDetail>? {
        typealias Fact = Linekeeper__Rpc__V1__ErrorDetail__MetadataEntry
        let facts = row(status.facts.sorted { $0.key < $1.key }, as: Fact.self) { fact, entry in
            linekeeper__rpc__v1__error_detail__metadata_entry__init(entry)
            guard let key = cString(fact.key), let value = cString(fact.value) else { return false }
            entry.pointee.key = key
            entry.pointee.value = value
            return true
        }
        let violations = row(
            status.violations, as: Linekeeper__Rpc__V1__FieldViolation.self
        ) { violation, entry in
            linekeeper__rpc__v1__field_violation__init(entry)
            guard let field = cString(violation.field),
                let description = cString(violation.description)
            else { return false }
            entry.pointee.field = field
            entry.pointee.description = description
            return true
        }
        guard let detail = allocate(Linekeeper__Rpc__V1__ErrorDetail.self),
            let reason = cString(status.reason), let facts, let violations
        else { return nil }
        linekeeper__rpc__v1__error_detail__init(detail)
        detail.pointee.reason = reason
        detail.pointee.retry_after_ms = status.retryAfterMilliseconds
        detail.pointee.metadata = facts.baseAddress
        detail.pointee.n_metadata = facts.count
        detail.pointee.violations = violations.baseAddress
        detail.pointee.n_violations = violations.count
        return detail
    }
}
