import LinekeeperProto
import NIOCore

// Input.
extension ClientConnection {
    func read(context: ChannelHandlerContext) {
        if state.mayRead { context.read() } else { holdsRead = true }
    }

    func takeHeldRead() {
        guard holdsRead, state.mayRead, let context else { return }
        holdsRead = false
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard ending == nil else { return }
        var input = unwrapInboundIn(data)
        if partial.readableBytes > 0 {
            partial.writeBuffer(&input)
            swap(&partial, &input)
        }
        partial = ByteBuffer()
        state.bytesReceived(now: .now())
        let consumed = consume(input.readableBytesSpan)
        guard ending == nil else { return }
        if consumed < input.readableBytes {
            input.moveReaderIndex(forwardBy: consumed)
            input.discardReadBytes()
            partial = input
        }
        closeIfFinished()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if ending == nil { endpoint.connectionHasRoom() }
        context.fireChannelReadComplete()
    }

    /// Takes every whole frame; returns how many bytes they took.
    private func consume(_ bytes: borrowing RawSpan) -> Int {
        var offset = 0
        while let count = FrameDecoder.announcedByteCount(in: bytes, at: offset) {
            guard (1...configuration.responseFrameBytesMax).contains(count) else {
                violation(
                    "The peer announces a frame of \(count) bytes; 1 to "
                        + "\(configuration.responseFrameBytesMax) are accepted")
                return offset
            }
            let start = offset + FrameDecoder.prefixByteCount
            guard bytes.byteCount - start >= count else { break }
            decodeArena.reset()
            guard
                let body = FrameDecoder.decode(
                    bytes.extracting(start..<(start + count)), in: decodeArena)
            else {
                violation("The peer sent bytes that are no frame")
                return offset
            }
            received(body)
            guard ending == nil else { return offset }
            offset = start + count
        }
        return offset
    }

    private func received(_ body: FrameBody) {
        switch body {
        case .response(let callID, let response):
            received(response, callID: callID)
        case .item(let callID, let item):
            received(item, callID: callID)
        case .goAway(let goAway):
            received(goAway)
        case .ping(let token):
            // A peer that does not take our bytes gets no more of them.
            guard context?.channel.isWritable == true else { return }
            encodeArena.reset()
            write(FrameEncoder(arena: encodeArena).pong(token: token))
        case .pong(let token):
            endpoint.connectionServed(self)
            guard state.pongReceived(token), let call = pings.removeValue(forKey: token) else {
                return
            }
            endpoint.finish(call, .success([]))
        case .missing, .request, .cancel, .hello:
            violation("The peer sent a frame that no server sends")
        }
    }

    private func received(_ response: FrameResponse, callID: UInt64) {
        switch state.responseReceived(callID) {
        case .deliver:
            endpoint.connectionServed(self)
            if let status = response.status, status.code != 0 {
                finish(callID, .failure(CallFailure(status: Status(status), fate: .answered)))
            } else {
                finish(callID, .success(response.payload.copy()))
            }
        case .ignore:
            break
        case .violation, .refuseStream:
            violation("The peer answers call \(callID), which was never made")
        }
    }

    private func received(_ item: FrameBytes, callID: UInt64) {
        switch state.itemReceived(callID) {
        case .deliver:
            endpoint.connectionServed(self)
            deliver(item, callID: callID)
        case .refuseStream:
            end(callID, with: .methodIsStream)
        case .ignore:
            break
        case .violation:
            violation("The peer answers call \(callID), which was never made")
        }
    }

    private func deliver(_ item: FrameBytes, callID: UInt64) {
        guard case .stream(let inbox, _, _, _)? = calls[callID]?.kind else { return }
        switch inbox.put(item.copy()) {
        case .goOn: break
        case .pause: state.setStream(callID, isFull: true)
        case .overflow: end(callID, with: .readerTooSlow(limit: inbox.overflowLimit))
        }
    }

    private func end(_ callID: UInt64, with status: Status) {
        finish(callID, .failure(CallFailure(status: status, fate: .final)))
        if state.abandon(callID, now: .now()) == .sendCancel { sendCancel(callID) }
    }

    private func received(_ goAway: FrameGoAway) {
        let status = goAway.status.map { Status($0) } ?? .goneAway
        // A server that goes down or is full takes the call elsewhere or later; any other reason
        // may be the call's own fault.
        let mayGoElsewhere = status.code == .unavailable || status.retryAfterMilliseconds > 0
        let refused = state.goAwayReceived(lastCallID: goAway.lastCallID)
        endpoint.connectionDrains(self, status)
        for callID in refused {
            finish(
                callID,
                .failure(
                    CallFailure(status: status, fate: mayGoElsewhere ? .notAccepted : .final)))
        }
    }
}
