import LinekeeperProto
import Logging
import NIOCore

// Frames to the peer.
extension ConnectionHandler {
    /// Writes the message of an inline call where the answers to this read are gathered.
    func write(_ message: ReplyMessage, callID: UInt64) {
        let byteCount = message.byteCount
        let frame = FramePayload(.response, callID: callID, payloadByteCount: byteCount)
        guard frame.frameByteCount <= core.limits.responseFrameBytesMax else {
            refuse(callID, tooLarge(frame), loop.ids.make())
            return
        }
        loop.output.writeWithOutputRawSpan(minimumWritableBytes: frame.byteCount) { out in
            frame.writeHeader(to: &out)
            message.write(to: &out, byteCount: byteCount)
        }
    }

    /// The same for a message that is packed in the loop's arena.
    func write(_ reply: PackedReply, callID: UInt64) {
        let frame = FramePayload(.response, callID: callID, payloadByteCount: reply.bytes.count)
        guard frame.frameByteCount <= core.limits.responseFrameBytesMax else {
            refuse(callID, tooLarge(frame), loop.ids.make())
            return
        }
        loop.output.writeWithOutputRawSpan(minimumWritableBytes: frame.byteCount) { out in
            frame.writeHeader(to: &out)
            reply.bytes.write(to: &out)
        }
    }

    /// Writes a response or an item whose message is packed already.
    func write(_ payload: [UInt8], _ kind: FramePayload.Kind, callID: UInt64) {
        let frame = FramePayload(kind, callID: callID, payloadByteCount: payload.count)
        guard frame.frameByteCount <= core.limits.responseFrameBytesMax else {
            let status = tooLarge(frame)
            if kind == .response {
                refuse(callID, status, loop.ids.make())
            } else {
                running[callID]?.gate?.end(status)
            }
            return
        }
        append { out in
            out.writeWithOutputRawSpan(minimumWritableBytes: frame.byteCount) { span in
                frame.writeHeader(to: &span)
            }
            out.writeBytes(payload)
        }
    }

    /// Ends a call with a status that says which request it was.
    func refuse(_ callID: UInt64, _ status: Status, _ requestID: RequestID) {
        write(status.identified(by: requestID), callID: callID)
    }

    func write(_ status: Status, callID: UInt64) {
        core.counters.refused()
        if let frame = loop.encode({ $0.response(callID: callID, status: status.wire) }),
            frame.count <= core.limits.responseFrameBytesMax
        {
            append { $0.writeBytes(frame) }
        } else {
            write { $0.response(callID: callID, status: Status.statusTooLarge.wire) }
        }
    }

    /// Writes a frame that the encoder makes and that is small enough for its arena.
    func write(_ make: (FrameEncoder) -> [UInt8]?) {
        guard let frame = loop.encode(make) else { return }
        append { $0.writeBytes(frame) }
    }

    private func append(_ body: (inout ByteBuffer) -> Void) {
        if isReading { body(&loop.output) } else { body(&pending) }
    }

    private func tooLarge(_ frame: FramePayload) -> Status {
        .responseTooLarge(frame.frameByteCount, limit: core.limits.responseFrameBytesMax)
    }
}

// Bytes to the channel, and its end.
extension ConnectionHandler {
    /// Sends what came outside a read; during one it leaves with the read's answers.
    func flushDeliveries() {
        isTouched = false
        if let context, pending.readableBytes > 0, !isReading {
            let out = pending
            pending = ByteBuffer()
            context.writeAndFlush(wrapOutboundOut(out), promise: nil)
            if !context.channel.isWritable { checkBacklog(context: context) }
        }
        closeIfFinished()
    }

    /// Closes a connection whose peer reads too slowly, and holds up its streams before that.
    func checkBacklog(context: ChannelHandlerContext) {
        for call in running.values { call.gate?.setWritable(false) }
        do {
            let options = context.channel.syncOptions
            let unsent = try options?.getOption(.bufferedWritableBytes) ?? 0
            guard unsent > core.limits.unsentBytesMax else { return }
            core.logger.debug(
                "slow reader closed", metadata: ["peer": "\(peer)", "unsent_bytes": "\(unsent)"])
            context.close(promise: nil)
        } catch {
            core.logger.debug("no count of unsent bytes", metadata: ["error": "\(error)"])
            context.close(promise: nil)
        }
    }

    /// Says why and closes; calls in flight are stopped.
    func giveUp(_ status: Status) {
        let lastCallID = state.highestCallID
        guard state.beginClosing(now: .now()) else { return }
        core.logger.debug(
            "connection given up", metadata: ["peer": "\(peer)", "reason": "\(status.reason)"])
        cancelAll(.connectionClosed)
        let last = status.identified(by: loop.ids.make())
        write { $0.goAway(lastCallID: lastCallID, status: last.wire) }
        close()
    }

    /// Tells the peer to go elsewhere, and closes when the calls in flight have ended.
    ///
    /// A stream without a deadline would never end: it is ended now.
    func drain() {
        guard state.drain() else { return }
        let lastCallID = state.highestCallID
        write { $0.goAway(lastCallID: lastCallID, status: Status.draining.wire) }
        for call in state.endlessCalls() {
            refuse(call.callID, .draining, call.requestID)
            running[call.callID]?.cancel(.draining)
        }
        flushDeliveries()
    }

    /// Closes without a word.
    func abandon() { context?.close(promise: nil) }

    func tick(now: NIODeadline) {
        if let greeted, greeted.isRevoked { giveUp(.tokenRevoked) }
        switch state.tick(now: now) {
        case .nothing: break
        case .goAway(let status): giveUp(status)
        case .close: context?.close(promise: nil)
        }
    }

    func closeIfFinished() {
        if state.isFinished, state.beginClosing(now: .now()) { close() }
    }

    /// Sends what is left, and then the end of our side.
    ///
    /// The other side is read on for a moment: closing with unread input would reset the
    /// connection, and the peer might never see the last frame.
    private func close() {
        guard let context else { return }
        var out = pending
        pending = ByteBuffer()
        if isReading, loop.output.readableBytes > 0 {
            out.writeImmutableBuffer(loop.output)
            loop.recycleOutput()
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        let channel = context.channel
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            bound.value.state.lastWordSent(now: .now())
            channel.close(mode: .output, promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(out), promise: written)
    }
}
