/// What an agent is, whichever numbers it holds: a number's entry has it too, so that one look-up
/// answers a call.
///
/// Whoever changes an agent rewrites the entries of its numbers in the same commit. All of it is one
/// piece of memory that the agent's numbers share: a number's entry stays small, and an answer waits
/// for memory once.
// The memory is filled in `init` and only read from then on: sharing it is safe.
@safe public struct AgentBinding: @unchecked Sendable {
    private struct Head: Equatable {
        let key: AgentKey
        let status: AgentStatus
        let outboundConfigured: Bool?
        let smsEnabled: Bool?
        let idLength: UInt8
        let textCount: Int
    }

    /// The head, and the text: the id and the name, each with a NUL behind it.
    private let memory: ManagedBuffer<Head, UInt8>

    /// An agent as the store has it.
    ///
    /// - Parameters:
    ///   - id: UTF-8; `nil` is the result when it is not an ``AgentID``.
    ///   - name: UTF-8; `nil` is the result when it is not. Holds no NUL.
    public init?(
        key: AgentKey, id: Span<UInt8>, name: Span<UInt8>, status: AgentStatus,
        outboundConfigured: Bool?, smsEnabled: Bool?
    ) {
        guard AgentID.isValid(id), (try? UTF8Span(validating: name)) != nil else { return nil }
        // The buffers are used within the closures only.
        self = unsafe id.withUnsafeBufferPointer { id in
            unsafe name.withUnsafeBufferPointer { name in
                unsafe AgentBinding(
                    key: key, checked: id, name: name, status: status,
                    outboundConfigured: outboundConfigured, smsEnabled: smsEnabled)
            }
        }
    }

    /// An agent whose id and name were checked before.
    init(
        key: AgentKey, checked id: some Collection<UInt8>, name: some Collection<UInt8>,
        status: AgentStatus, outboundConfigured: Bool?, smsEnabled: Bool?
    ) {
        let head = Head(
            key: key, status: status, outboundConfigured: outboundConfigured,
            smsEnabled: smsEnabled, idLength: UInt8(truncatingIfNeeded: id.count),
            textCount: id.count + name.count + 2)
        memory = ManagedBuffer<Head, UInt8>.create(minimumCapacity: head.textCount) { _ in
            head
        }
        unsafe memory.withUnsafeMutablePointerToElements { start in
            // The capacity was asked for in the line above, and is this long.
            let text = unsafe UnsafeMutableBufferPointer(start: start, count: head.textCount)
            let nameStart = unsafe text.initialize(fromContentsOf: id) + 1
            unsafe text.initializeElement(at: nameStart - 1, to: 0)
            let nameEnd = unsafe text[nameStart...].initialize(fromContentsOf: name)
            unsafe text.initializeElement(at: nameEnd, to: 0)
        }
    }

    public var key: AgentKey { memory.header.key }
    public var status: AgentStatus { memory.header.status }
    /// `nil`: the agent builder has not said.
    public var outboundConfigured: Bool? { memory.header.outboundConfigured }
    /// `nil`: the agent builder has not said.
    public var smsEnabled: Bool? { memory.header.smsEnabled }

    /// The agent's id, copied out.
    public var idText: String {
        unsafe withText { id, _ in unsafe String(decoding: id, as: UTF8.self) }
    }
    /// The agent's name, copied out.
    public var name: String {
        unsafe withText { _, name in unsafe String(decoding: name, as: UTF8.self) }
    }

    /// Bytes of the id, 1 to 64.
    var idLength: UInt8 { memory.header.idLength }

    /// Whether the id's text is these bytes.
    func isNamed(_ bytes: RawSpan) -> Bool {
        unsafe withText { id, _ in
            let own = unsafe id.bytes
            guard own.byteCount == bytes.byteCount else { return false }
            for offset in 0..<own.byteCount {
                // The offset is within both: their lengths are equal.
                let left = unsafe own.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
                let right = unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
                guard left == right else { return false }
            }
            return true
        }
    }

    /// Whether the ids are the same.
    func hasID(of other: AgentBinding) -> Bool {
        // The bytes are read within the closure.
        unsafe other.withText { id, _ in unsafe isNamed(id.bytes) }
    }

    /// Where all of it lies; for having it fetched.
    var address: UnsafeRawPointer {
        unsafe UnsafeRawPointer(Unmanaged.passUnretained(memory).toOpaque())
    }

    /// Lends the bytes of the id, 1 to 64, and those of the name; a NUL stands behind each.
    @unsafe public func withText<Value>(
        _ body: (_ id: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer) -> Value
    ) -> Value {
        unsafe memory.withUnsafeMutablePointers { head, start in
            let idCount = Int(unsafe head.pointee.idLength)
            let nameCount = unsafe head.pointee.textCount - idCount - 2
            return unsafe body(
                UnsafeRawBufferPointer(start: start, count: idCount),
                UnsafeRawBufferPointer(start: start + idCount + 1, count: nameCount))
        }
    }
}

extension AgentBinding: Hashable {
    public static func == (left: AgentBinding, right: AgentBinding) -> Bool {
        guard left.memory !== right.memory else { return true }
        return left.memory.header == right.memory.header && left.idText == right.idText
            && left.name == right.name
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
