-- CreateIndex
CREATE INDEX "post_copies_bot_id_root_idx" ON "post_copies"("bot_id", "root");
