/// What an agent is, whichever numbers it holds: a number's entry has it too, so that one look-up
/// answers a call.
///
/// Whoever changes an agent rewrites the entries of its numbers in the same commit. All of it is one
/// piece of memory that the agent's numbers share: a number's entry stays small, and an answer waits
/// for memory once.
// The memory is filled in `init` and only read from then on: sharing it is safe.
@safe public struct AgentBinding: @unchecked Sendable {
    /// The head, then the text in as many further elements as it takes.
    private let memory: ManagedBuffer<Void, BoundAgent.Head>

    /// What a hot call reads, in place: reaching it through `memory` would count references.
    public let agent: BoundAgent

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
        let head = BoundAgent.Head(
            key: key, nameCount: UInt32(clamping: name.count),
            idCount: UInt8(truncatingIfNeeded: id.count), status: status,
            outboundConfigured: outboundConfigured, smsEnabled: smsEnabled)
        let textCount = id.count + name.count + 2
        let stride = MemoryLayout<BoundAgent.Head>.stride
        memory = ManagedBuffer<Void, BoundAgent.Head>.create(
            minimumCapacity: 1 + (textCount + stride - 1) / stride
        ) { _ in }
        agent = unsafe memory.withUnsafeMutablePointerToElements { start in
            unsafe start.initialize(to: head)
            // The elements behind the head were asked for above, and are this long or longer.
            let text = unsafe UnsafeMutableRawBufferPointer(start: start + 1, count: textCount)
                .bindMemory(to: UInt8.self)
            let nameStart = unsafe text.initialize(fromContentsOf: id) + 1
            unsafe text.initializeElement(at: nameStart - 1, to: 0)
            let nameEnd = unsafe text[nameStart...].initialize(fromContentsOf: name)
            unsafe text.initializeElement(at: nameEnd, to: 0)
            return unsafe BoundAgent(start)
        }
    }

    public var key: AgentKey { read { $0.key } }
    public var status: AgentStatus { read { $0.status } }
    /// `nil`: the agent builder has not said.
    public var outboundConfigured: Bool? { read { $0.outboundConfigured } }
    /// `nil`: the agent builder has not said.
    public var smsEnabled: Bool? { read { $0.smsEnabled } }

    /// The agent's id, copied out.
    public var idText: String {
        unsafe withText { id, _ in unsafe String(decoding: id, as: UTF8.self) }
    }
    /// The agent's name, copied out.
    public var name: String {
        unsafe withText { _, name in unsafe String(decoding: name, as: UTF8.self) }
    }

    /// Bytes of the id, 1 to 64.
    var idLength: UInt8 { read { $0.idLength } }

    /// Whether the id's text is these bytes.
    func isNamed(_ bytes: RawSpan) -> Bool { read { $0.isNamed(bytes) } }

    /// Whether the ids are the same.
    func hasID(of other: AgentBinding) -> Bool {
        // The bytes are read within the closure.
        unsafe other.withText { id, _ in unsafe isNamed(id.bytes) }
    }

    /// Lends the bytes of the id, 1 to 64, and those of the name; a NUL stands behind each.
    @unsafe public func withText<Value>(
        _ body: (_ id: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer) -> Value
    ) -> Value {
        read { unsafe $0.withText(body) }
    }

    /// Reads while the memory is there for certain.
    @inline(__always)
    private func read<Value>(_ body: (BoundAgent) -> Value) -> Value {
        withExtendedLifetime(memory) { body(agent) }
    }
}

extension AgentBinding: Hashable {
    public static func == (left: AgentBinding, right: AgentBinding) -> Bool {
        guard left.memory !== right.memory else { return true }
        return left.read { left in right.read { right in left.hasHead(of: right) } }
            && left.idText == right.idText && left.name == right.name
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// The agent of a binding, where the binding keeps it; to be used only while the binding is there, as
/// it is while its number's entry is lent.
@safe public struct BoundAgent {
    fileprivate struct Head: Equatable {
        let key: AgentKey
        let nameCount: UInt32
        let idCount: UInt8
        let status: AgentStatus
        let outboundConfigured: Bool?
        let smsEnabled: Bool?
    }

    /// Behind it lie the id and the name, each with a NUL behind it.
    private let head: UnsafePointer<Head>

    fileprivate init(_ head: UnsafePointer<Head>) { unsafe self.head = unsafe head }

    public var key: AgentKey { unsafe head.pointee.key }
    public var status: AgentStatus { unsafe head.pointee.status }
    /// `nil`: the agent builder has not said.
    public var outboundConfigured: Bool? { unsafe head.pointee.outboundConfigured }
    /// `nil`: the agent builder has not said.
    public var smsEnabled: Bool? { unsafe head.pointee.smsEnabled }

    fileprivate var idLength: UInt8 { unsafe head.pointee.idCount }

    /// Where all of it lies; for having it fetched.
    var address: UnsafeRawPointer { unsafe UnsafeRawPointer(head) }

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

    /// Lends the bytes of the id, 1 to 64, and those of the name; a NUL stands behind each.
    @inline(__always)
    @unsafe public func withText<Value>(
        _ body: (_ id: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer) -> Value
    ) -> Value {
        let text = unsafe UnsafeRawPointer(head + 1)
        let idCount = Int(unsafe head.pointee.idCount)
        let nameCount = Int(truncatingIfNeeded: unsafe head.pointee.nameCount)
        return unsafe body(
            UnsafeRawBufferPointer(start: text, count: idCount),
            UnsafeRawBufferPointer(start: text + idCount + 1, count: nameCount))
    }

    fileprivate func hasHead(of other: BoundAgent) -> Bool {
        unsafe head.pointee == other.head.pointee
    }
}
