import LinekeeperProto

/// The methods of a server, ready to be found and called.
final class ServedMethods: Sendable {
    let methods: [MethodTable.Method]
    private let index: FrameMethodIndex
    private let inlineMethods: [InlineMethod?]

    init(_ table: MethodTable) {
        methods = table.methods
        index = FrameMethodIndex(table.paths)
        inlineMethods = table.methods.map { method in
            guard case .inline(let body, let foresight) = method.body else { return nil }
            return InlineMethod(access: method.access, foresight: foresight, body: body)
        }
    }

    /// What a call needs of the methods in nearly every case; valid as long as they are.
    var hot: Hot {
        unsafe Hot(
            index: index.table,
            inline: inlineMethods.map { method in
                unsafe method.map { method in unsafe Unmanaged.passUnretained(method) }
            }, usefulness: inlineMethods.compactMap { $0?.isForesightUseful })
    }

    /// The methods as a connection holds them, so that an inline call counts no references: they
    /// were a tenth of its cost. Whoever holds this holds the methods as well.
    // What the pointers lead to is never changed: sharing it is safe.
    @safe struct Hot: @unchecked Sendable {
        let index: FrameMethodIndex.Table
        /// By number; `nil` for a method that is not inline.
        private let inline: [Unmanaged<InlineMethod>?]
        private let usefulness: [@Sendable () -> Bool]

        init(
            index: FrameMethodIndex.Table, inline: [Unmanaged<InlineMethod>?],
            usefulness: [@Sendable () -> Bool]
        ) {
            self.usefulness = usefulness
            self.index = index
            unsafe self.inline = unsafe inline
        }

        /// Whether the method is inline and open to somebody with these rights.
        func admits(_ number: Int, rights: UInt64) -> Bool {
            guard let method = unsafe inline[number] else { return false }
            return unsafe method._withUnsafeGuaranteedRef { $0.mask & rights != 0 || $0.isOpen }
        }

        /// Whether some method wants to prepare for calls now.
        var foresees: Bool {
            usefulness.contains { $0() }
        }

        /// What a method has to prepare for a call; 0: nothing.
        func foresee(_ number: Int, _ call: borrowing InlineCall) -> UInt64 {
            guard let method = unsafe inline[number] else { return 0 }
            return unsafe method._withUnsafeGuaranteedRef { $0.foresee(call) }
        }

        /// Has a method prepare one step; 0 when that was the last.
        func foresee(_ number: Int, _ state: UInt64, _ step: Int) -> UInt64 {
            guard let method = unsafe inline[number] else { return 0 }
            return unsafe method._withUnsafeGuaranteedRef { $0.foreseeNext(state, step) }
        }

        /// Answers a call of an inline method; `nil` when it is of another kind.
        func answer(_ number: Int, _ call: borrowing InlineCall) -> InlineAnswer? {
            guard let method = unsafe inline[number] else { return nil }
            return unsafe method._withUnsafeGuaranteedRef { $0.body(call) }
        }
    }
}

/// An inline method with its access in the form that is quickest to compare.
final class InlineMethod: Sendable {
    let body: MethodTable.InlineBody
    /// The method's ``Foresight``, without an optional to be looked into for every call.
    let isForesightUseful: (@Sendable () -> Bool)?
    let foresee: @Sendable (borrowing InlineCall) -> UInt64
    let foreseeNext: @Sendable (UInt64, _ step: Int) -> UInt64
    /// The rights of which one is needed.
    let mask: UInt64
    /// Whether every valid identity may call.
    let isOpen: Bool

    init(access: Access, foresight: Foresight?, body: @escaping MethodTable.InlineBody) {
        self.body = body
        isForesightUseful = foresight?.isUseful
        if let foresight {
            foresee = foresight.first
            foreseeNext = foresight.next
        } else {
            foresee = { _ in 0 }
            foreseeNext = { _, _ in 0 }
        }
        if case .right(let mask, _) = access.kind {
            self.mask = mask
            isOpen = false
        } else {
            mask = 0
            isOpen = true
        }
    }
}
