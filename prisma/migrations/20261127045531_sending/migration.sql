-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "call" JSONB;

-- AlterTable
ALTER TABLE "message_links" ADD COLUMN     "sender" TEXT,
ADD COLUMN     "slot" SMALLINT;

-- AlterTable
ALTER TABLE "post_copies" ADD COLUMN     "ticket" TEXT;

-- CreateTable
CREATE TABLE "leases" (
    "bot_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "epoch" BIGINT NOT NULL DEFAULT 1,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leases_pkey" PRIMARY KEY ("bot_id","name")
);

-- CreateTable
CREATE TABLE "pacing" (
    "bot_id" BIGINT NOT NULL,
    "place" TEXT NOT NULL,
    "ages" INTEGER[],
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paused_until" TIMESTAMPTZ(3),
    "learned" SMALLINT,
    "learned_at" TIMESTAMPTZ(3),

    CONSTRAINT "pacing_pkey" PRIMARY KEY ("bot_id","place")
);

-- CreateIndex
CREATE INDEX "deliveries_sending" ON "deliveries"("bot_id", "conversation_id", "queue") WHERE (state = 'sending');

-- CreateIndex
CREATE INDEX "post_copies_bot_id_ticket_idx" ON "post_copies"("bot_id", "ticket") WHERE (ticket IS NOT NULL);
