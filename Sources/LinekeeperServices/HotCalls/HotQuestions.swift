import CLinekeeperProto
import Glibc
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

// The requests of the hot calls, as their handlers read them: texts where they lie, valid until the
// call's end. A request in the plain form is read in place; any other is checked and unpacked by the
// codec first. Either way the texts are UTF-8 without U+0000.

protocol HotQuestion {
    /// `nil` when the request is not in the plain form.
    init?(plain payload: FrameBytes)
    /// Reads a request of whatever form.
    init(unpacking call: borrowing InlineCall) throws(MalformedMessage)
}

extension HotQuestion {
    @inline(__always)
    init(_ call: borrowing InlineCall) throws(MalformedMessage) {
        self = if let plain = Self(plain: call.payload) { plain } else { try Self(unpacking: call) }
    }
}

/// Who answers this number?
struct InboundQuestion: HotQuestion {
    let called: UnsafeRawBufferPointer
    /// 0 to 2 in the proto; others may come.
    let channel: UInt32
    let caller: UnsafeRawBufferPointer
    let forwardedFrom: UnsafeRawBufferPointer

    @inline(__always)
    init?(plain payload: FrameBytes) {
        var fields = PlainFields(payload.unsafeBytes)
        let called = fields.text(1)
        let channel = fields.varint(2) ?? 0
        let caller = fields.text(3)
        let forwardedFrom = fields.text(4)
        guard fields.isAtEnd else { return nil }
        self.called = called
        // As protobuf has it for what is too large.
        self.channel = UInt32(truncatingIfNeeded: channel)
        self.caller = caller
        self.forwardedFrom = forwardedFrom
    }

    init(unpacking call: borrowing InlineCall) throws(MalformedMessage) {
        let request = try Proto.RouteInboundRequest.codec.unpack(
            call.payload.unsafeBytes, as: Linekeeper__V1__RouteInboundRequest.self,
            arena: call.arena)
        called = bytes(of: request.pointee.called_e164)
        channel = request.pointee.channel.rawValue
        caller = bytes(of: request.pointee.caller_e164)
        forwardedFrom = bytes(of: request.pointee.forwarded_from)
    }
}

/// May this call start, and from which number?
struct OutboundQuestion: HotQuestion {
    let workspaceID: UnsafeRawBufferPointer
    let agentID: UnsafeRawBufferPointer
    let from: UnsafeRawBufferPointer
    let to: UnsafeRawBufferPointer

    @inline(__always)
    init?(plain payload: FrameBytes) {
        var fields = PlainFields(payload.unsafeBytes)
        let workspaceID = fields.text(1)
        let agentID = fields.text(2)
        let from = fields.text(3)
        let to = fields.text(4)
        // Who starts the call plays no part.
        _ = fields.varint(5)
        guard fields.isAtEnd else { return nil }
        self.workspaceID = workspaceID
        self.agentID = agentID
        self.from = from
        self.to = to
    }

    init(unpacking call: borrowing InlineCall) throws(MalformedMessage) {
        let request = try Proto.AuthorizeOutboundRequest.codec.unpack(
            call.payload.unsafeBytes, as: Linekeeper__V1__AuthorizeOutboundRequest.self,
            arena: call.arena)
        workspaceID = bytes(of: request.pointee.workspace_id)
        agentID = bytes(of: request.pointee.agent_id)
        from = bytes(of: request.pointee.from_e164)
        to = bytes(of: request.pointee.to_e164)
    }
}

/// From which number does this agent text?
struct SmsSenderQuestion: HotQuestion {
    let workspaceID: UnsafeRawBufferPointer
    let agentID: UnsafeRawBufferPointer

    @inline(__always)
    init?(plain payload: FrameBytes) {
        var fields = PlainFields(payload.unsafeBytes)
        let workspaceID = fields.text(1)
        let agentID = fields.text(2)
        guard fields.isAtEnd else { return nil }
        self.workspaceID = workspaceID
        self.agentID = agentID
    }

    init(unpacking call: borrowing InlineCall) throws(MalformedMessage) {
        let request = try Proto.ResolveSmsSenderRequest.codec.unpack(
            call.payload.unsafeBytes, as: Linekeeper__V1__ResolveSmsSenderRequest.self,
            arena: call.arena)
        workspaceID = bytes(of: request.pointee.workspace_id)
        agentID = bytes(of: request.pointee.agent_id)
    }
}

private func bytes(of text: UnsafePointer<CChar>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: text, count: strlen(text))
}
