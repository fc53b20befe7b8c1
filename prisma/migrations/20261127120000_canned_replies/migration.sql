-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "written" JSONB;

-- CreateTable
CREATE TABLE "canned_replies" (
    "id" BIGSERIAL NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "shortcut" TEXT,
    "title" TEXT NOT NULL,
    "keywords" TEXT[],
    "state" TEXT NOT NULL DEFAULT 'live',
    "version" INTEGER NOT NULL DEFAULT 1,
    "revision" BIGINT NOT NULL,
    "refusal" TEXT,
    "created_by" TEXT,
    "changed_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "canned_replies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "canned_wordings" (
    "bot_id" BIGINT NOT NULL,
    "reply_id" BIGINT NOT NULL,
    "language" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "canned_wordings_pkey" PRIMARY KEY ("reply_id","language")
);

-- CreateTable
CREATE TABLE "canned_usage" (
    "bot_id" BIGINT NOT NULL,
    "reply_id" BIGINT NOT NULL,
    "person_id" TEXT NOT NULL,
    "uses" INTEGER NOT NULL,
    "recent" DOUBLE PRECISION NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,
    "revision" BIGINT NOT NULL,

    CONSTRAINT "canned_usage_pkey" PRIMARY KEY ("reply_id","person_id")
);

-- CreateTable
CREATE TABLE "canned_uses" (
    "id" BIGSERIAL NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "reply_id" BIGINT NOT NULL,
    "person_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "chosen" BOOLEAN NOT NULL,
    "comment" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "canned_uses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "canned_state" (
    "bot_id" BIGINT NOT NULL,
    "revision" BIGINT NOT NULL,

    CONSTRAINT "canned_state_pkey" PRIMARY KEY ("bot_id")
);

-- CreateIndex
CREATE INDEX "canned_replies_bot_id_revision_idx" ON "canned_replies"("bot_id", "revision");

-- CreateIndex
CREATE UNIQUE INDEX "canned_replies_title" ON "canned_replies"("bot_id", "title") WHERE (state <> 'deleted');

-- CreateIndex
CREATE UNIQUE INDEX "canned_replies_shortcut" ON "canned_replies"("bot_id", "shortcut") WHERE (state <> 'deleted');

-- CreateIndex
CREATE INDEX "canned_wordings_bot_id_digest_idx" ON "canned_wordings"("bot_id", "digest");

-- CreateIndex
CREATE INDEX "canned_usage_bot_id_revision_idx" ON "canned_usage"("bot_id", "revision");

-- CreateIndex
CREATE INDEX "canned_uses_bot_id_person_id_digest_at_idx" ON "canned_uses"("bot_id", "person_id", "digest", "at");

-- CreateIndex
CREATE INDEX "canned_uses_reply_id_at_idx" ON "canned_uses"("reply_id", "at");

-- AddForeignKey
ALTER TABLE "canned_replies" ADD CONSTRAINT "canned_replies_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "canned_wordings" ADD CONSTRAINT "canned_wordings_reply_id_fkey" FOREIGN KEY ("reply_id") REFERENCES "canned_replies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "canned_usage" ADD CONSTRAINT "canned_usage_reply_id_fkey" FOREIGN KEY ("reply_id") REFERENCES "canned_replies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "canned_uses" ADD CONSTRAINT "canned_uses_reply_id_fkey" FOREIGN KEY ("reply_id") REFERENCES "canned_replies"("id") ON DELETE CASCADE ON UPDATE CASCADE;
