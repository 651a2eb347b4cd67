internal import Batching
internal import Metrics
internal import Responders

/// The session's settings and its conversation.
extension RealtimeSession {
    func updateSession(_ update: SessionUpdate) throws(EventError) {
        let updated = try update.applied(to: settings, voices: voices)
        if updated.video != nil { try takeSeats() }
        settings = updated
        if let turnDetection = settings.turnDetection {
            listener?.change(turnDetection)
        } else {
            listener = nil
            turn = nil
            dismissInterruption()
        }
        tellConfiguration()
        send(SessionUpdated(session: sessionObject))
    }

    /// A client that asks for a picture is one more of those who speak now and then.
    private func takeSeats() throws(EventError) {
        guard seats.isEmpty else { return }
        do throws(BatchingError) {
            var taken: [SessionPlace] = []
            for places in performer.places { taken.append(try places.connect()) }
            seats = taken
        } catch {
            metrics.refused.increment()
            throw EventError(error)
        }
    }

    func createItem(_ item: ConversationItem, after previousID: String?) throws(EventError) {
        let before = try history.insert(item, after: previousID)
        attendant.follow(.inserted(item.entry, after: before))
        tell(.entered(item.entry))
        announce(item, after: before)
    }

    func truncateItem(_ id: String, toMs end: Int) throws(EventError) {
        let effectiveEnd = try history.truncate(id, toMs: end)
        playbacks.removeAll { $0.itemID == id }
        tellTruncated(id, toMs: effectiveEnd)
    }

    func deleteItem(_ id: String) throws(EventError) {
        try history.delete(id)
        attendant.follow(.removed(id: id))
        send(ItemDeleted(itemID: id))
    }

    func retrieveItem(_ id: String) throws(EventError) {
        guard let item = history[id] else { throw ConversationHistory.notFound(id, param: "item_id") }
        send(ItemRetrieved(item: ItemObject(item, includesAudio: true)))
    }

    func updateVideoPosition(_ frame: Int) throws(EventError) {
        let frames = performer.avatarDescription.frames
        guard frame < frames else {
            throw EventError(
                code: .invalidValue, message: "frame is \(frame); the idle clip has the frames 0 to \(frames - 1).",
                param: "frame")
        }
        idlePosition.update(frame: frame, at: clock.now)
        tell(.idle(frame: frame))
    }

    /// Tells client and responder that only so much of an utterance was heard.
    func tellTruncated(_ id: String, toMs end: Int) {
        let text = history[id]?.message?.text ?? ""
        attendant.follow(.truncated(id: id, text: text, heardMilliseconds: end))
        tell(.truncated(itemID: id, text: text, heardMilliseconds: end))
        send(ItemTruncated(itemID: id, audioEndMs: end))
    }

    /// Tells the responder what holds for all answers.
    func tellConfiguration() {
        attendant.follow(
            .configured(
                Conversation(
                    entries: [], voice: settings.voice, instructions: settings.instructions, tools: settings.tools,
                    toolChoice: settings.toolChoice, output: settings.output, maximumTokens: settings.maximumTokens)))
    }

    /// Tells the client of an item that is final from the start.
    func announce(_ item: ConversationItem, after previousID: String?) {
        let object = ItemObject(item)
        send(ItemAdded(previousItemID: previousID, item: object))
        send(ItemDone(previousItemID: previousID, item: object))
    }
}
