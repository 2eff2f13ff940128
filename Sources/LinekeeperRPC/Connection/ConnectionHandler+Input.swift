import LinekeeperProto
import NIOCore

// From bytes to frames, and from frames to what they ask for.
extension ConnectionHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard state.acceptsInput else { return }
        var input = unwrapInboundIn(data)
        let continues = partial.readableBytes > 0
        if continues {
            partial.writeBuffer(&input)
            swap(&partial, &input)
        }
        if isPaused {
            swap(&partial, &input)
        } else {
            serve(&input, isOwned: continues)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        endReading(context: context)
        context.fireChannelReadComplete()
    }

    /// Serves every whole frame and keeps the rest.
    ///
    /// - Parameter isOwned: The buffer is this connection's own, not the channel's read buffer.
    private func serve(_ input: inout ByteBuffer, isOwned: Bool) {
        if !isReading {
            isReading = true
            loop.beginServing(self)
        }
        let now = NIODeadline.now()
        greet()
        let consumed = consume(input.readableBytesSpan, now: now)
        loop.lookahead.forget()
        guard state.acceptsInput else {
            partial = ByteBuffer()
            return
        }
        keep(&input, from: consumed, isOwned: isOwned)
        state.bytesRead(
            completedFrame: consumed > 0,
            leavesPartial: !isPaused && partial.readableBytes > 0, now: now)
    }

    /// Goes on with the frames that were left waiting.
    func resume(context: ChannelHandlerContext) {
        isPaused = false
        guard state.acceptsInput, partial.readableBytes > 0 else { return }
        var input = ByteBuffer()
        swap(&partial, &input)
        serve(&input, isOwned: true)
        endReading(context: context)
    }

    /// Sends the answers to what was read.
    private func endReading(context: ChannelHandlerContext) {
        guard isReading else { return }
        isReading = false
        core.counters.ended(inline: inlineCalls)
        inlineCalls = 0
        sendOutput(context: context)
        loop.endServing()
    }

    private func sendOutput(context: ChannelHandlerContext) {
        guard loop.output.readableBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(loop.output), promise: nil)
        loop.recycleOutput()
        if !context.channel.isWritable { checkBacklog(context: context) }
    }

    /// Sends answers before they become too many; returns whether the peer takes them.
    private func makeRoom() -> Bool {
        guard let context else { return false }
        sendOutput(context: context)
        isPaused = !context.channel.isWritable
        return !isPaused
    }

    /// Keeps what follows the last whole frame.
    ///
    /// The channel's read buffer is large and used again, so of that only the bytes are kept.
    private func keep(_ input: inout ByteBuffer, from consumed: Int, isOwned: Bool) {
        guard consumed < input.readableBytes else {
            partial = ByteBuffer()
            return
        }
        guard consumed > 0 || !isOwned else {
            swap(&partial, &input)
            return
        }
        input.moveReaderIndex(forwardBy: consumed)
        var rest = ByteBufferAllocator().buffer(capacity: input.readableBytes)
        rest.writeBuffer(&input)
        partial = rest
    }

    /// Past this, answers are sent although the read has not been served to its end.
    private static let outputBytesMax = 256 << 10

    /// Serves whole frames, as many as the peer takes answers to; returns how many bytes they took.
    private func consume(_ bytes: borrowing RawSpan, now: NIODeadline) -> Int {
        var offset = 0
        var foreseen = greetedRights != nil && hot.foresees ? 0 : Int.max
        while let count = FrameDecoder.announcedByteCount(in: bytes, at: offset) {
            guard count <= core.limits.requestFrameBytesMax else {
                giveUp(.frameTooLarge(count, limit: core.limits.requestFrameBytesMax))
                return offset
            }
            guard count > 0 else {
                giveUp(.frameEmpty)
                return offset
            }
            let start = offset + FrameDecoder.prefixByteCount
            guard bytes.byteCount - start >= count else { break }
            if offset >= foreseen {
                foreseen = loop.lookahead.look(at: bytes, from: offset, hot, loop.inlineCall)
            }
            loop.arena.reset()
            let frame = bytes.extracting(start..<(start + count))
            if let call = loop.lookahead.take(at: start) {
                if !received(call.request, of: call.method, now: now) { decode(frame, now: now) }
            } else {
                received(frame, now: now)
            }
            guard state.acceptsInput else { return offset }
            offset = start + count
            guard loop.output.readableBytes < Self.outputBytesMax || makeRoom() else { break }
        }
        return offset
    }

    private func received(_ frame: RawSpan, now: NIODeadline) {
        if let request = PlainRequest(frame), let method = hot.index.number(of: request),
            received(request, of: method, now: now)
        {
            return
        }
        decode(frame, now: now)
    }

    private func decode(_ frame: RawSpan, now: NIODeadline) {
        guard let body = FrameDecoder.decode(frame, in: loop.arena) else {
            undecodable(frame, now: now)
            return
        }
        switch body {
        case .request(let callID, let request):
            received(request, callID: callID, frame: frame, now: now)
        case .cancel(let callID):
            receivedCancel(callID: callID, now: now)
        case .ping(let token):
            switch state.pingReceived(now: now) {
            case .pong: write { $0.pong(token: token) }
            case .goAway(let status): giveUp(status)
            }
        case .hello(let hello):
            received(hello, frame: frame, now: now)
        case .pong:
            state.otherFrameReceived()
        case .missing:
            giveUp(.frameWithoutBody)
        case .response, .item, .goAway:
            giveUp(.frameUnexpected)
        }
    }

    /// A request that takes too much memory is one refused call; anything else ends the connection.
    private func undecodable(_ frame: RawSpan, now: NIODeadline) {
        guard loop.arena.isExhausted, let callID = FrameScan.requestCallID(in: frame) else {
            giveUp(.frameMalformed)
            return
        }
        switch state.requestReceived(callID: callID, now: now) {
        case .dispatch:
            refuse(
                callID, .requestTooComplex(limit: core.limits.decodeBytesMax),
                loop.ids.make())
        case .goAway(let status):
            giveUp(status)
        case .ignore:
            break
        }
    }

    private func received(_ hello: FrameHello, frame: RawSpan, now: NIODeadline) {
        switch state.helloReceived(version: hello.protocolVersion, now: now) {
        case .accept:
            let metadata = hello.metadata
            guard !FrameScan.hasZeroByteInMetadata(frame) else {
                greeting = .failure(.metadataMalformed)
                return
            }
            switch metadata.value(of: "authorization") {
            case .absent: break
            case .malformed: greeting = .failure(.metadataMalformed)
            case .text(let text): greeting = core.authenticator.authenticate(text)
            }
            if case .text(let text) = metadata.value(of: "user-agent") { greetingUserAgent = text }
            greet()
        case .goAway(let status):
            giveUp(status)
        }
    }

    private func receivedCancel(callID: UInt64, now: NIODeadline) {
        switch state.cancelReceived(callID: callID, now: now) {
        case .cancel(let requestID):
            refuse(callID, .cancelledByCaller, requestID)
            running[callID]?.cancel(.cancelledByCaller)
        case .goAway(let status):
            giveUp(status)
        case .ignore:
            break
        }
    }
}
