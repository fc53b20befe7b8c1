-- CreateTable
CREATE TABLE "bots" (
    "id" BIGSERIAL NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "channel" TEXT,
    "discussion" TEXT,
    "owner" TEXT,
    "claim_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customers" (
    "id" BIGSERIAL NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "external_id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT,
    "username" TEXT,
    "language" TEXT,
    "standing" TEXT NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversations" (
    "id" BIGSERIAL NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "threads" (
    "id" BIGSERIAL NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "conversation_id" BIGINT NOT NULL,
    "post" TEXT,
    "root" TEXT,
    "card_digest" TEXT,
    "posted_at" TIMESTAMPTZ(3),
    "root_at" TIMESTAMPTZ(3),
    "alarmed_at" TIMESTAMPTZ(3),
    "lost_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "threads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post_copies" (
    "bot_id" BIGINT NOT NULL,
    "post" TEXT NOT NULL,
    "root" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "post_copies_pkey" PRIMARY KEY ("bot_id","post")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" BIGSERIAL NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "conversation_id" BIGINT NOT NULL,
    "author" TEXT NOT NULL,
    "author_id" TEXT,
    "signature" TEXT,
    "content" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "album" TEXT,
    "reply_to_id" BIGINT,
    "quote" JSONB,
    "internal" BOOLEAN NOT NULL DEFAULT false,
    "in_post" BOOLEAN NOT NULL DEFAULT false,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "edited_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_versions" (
    "bot_id" BIGINT NOT NULL,
    "message_id" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "message_versions_pkey" PRIMARY KEY ("message_id","revision")
);

-- CreateTable
CREATE TABLE "message_links" (
    "id" BIGSERIAL NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "message_id" BIGINT NOT NULL,
    "side" TEXT NOT NULL,
    "part" SMALLINT NOT NULL DEFAULT 0,
    "role" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "thread_id" BIGINT,
    "shape" TEXT,
    "digest" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "message_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "updates" (
    "id" BIGSERIAL NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "chat_key" TEXT NOT NULL,
    "payload" JSON NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "error" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "updates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" BIGSERIAL NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "conversation_id" BIGINT NOT NULL,
    "queue" TEXT NOT NULL,
    "message_id" BIGINT,
    "priority" SMALLINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "error" TEXT,
    "not_before" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "bot_id" BIGINT NOT NULL,
    "person_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "alias" TEXT,
    "checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_pkey" PRIMARY KEY ("bot_id","person_id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "conversation_id" BIGINT,
    "actor" TEXT,
    "action" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "bots_external_id_key" ON "bots"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "customers_bot_id_external_id_key" ON "customers"("bot_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "conversations_customer_id_key" ON "conversations"("customer_id");

-- CreateIndex
CREATE INDEX "conversations_bot_id_idx" ON "conversations"("bot_id");

-- CreateIndex
CREATE INDEX "threads_conversation_id_idx" ON "threads"("conversation_id");

-- CreateIndex
CREATE INDEX "threads_bot_id_post_idx" ON "threads"("bot_id", "post");

-- CreateIndex
CREATE INDEX "threads_bot_id_root_idx" ON "threads"("bot_id", "root");

-- CreateIndex
CREATE UNIQUE INDEX "threads_live" ON "threads"("conversation_id") WHERE ("lost_at" IS NULL);

-- CreateIndex
CREATE INDEX "messages_conversation_id_id_idx" ON "messages"("conversation_id", "id");

-- CreateIndex
CREATE INDEX "messages_conversation_id_album_idx" ON "messages"("conversation_id", "album") WHERE (album IS NOT NULL);

-- CreateIndex
CREATE INDEX "messages_reply_to_id_idx" ON "messages"("reply_to_id") WHERE (reply_to_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "message_links_bot_id_external_id_idx" ON "message_links"("bot_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_links_message_id_side_part_key" ON "message_links"("message_id", "side", "part");

-- CreateIndex
CREATE UNIQUE INDEX "message_links_origin" ON "message_links"("bot_id", "external_id") WHERE (role = 'origin');

-- CreateIndex
CREATE INDEX "updates_waiting" ON "updates"("bot_id", "chat_key", "id") WHERE (state = 'waiting');

-- CreateIndex
CREATE INDEX "updates_parked" ON "updates"("bot_id", "id") WHERE (state = 'parked');

-- CreateIndex
CREATE UNIQUE INDEX "updates_bot_id_source_external_id_digest_key" ON "updates"("bot_id", "source", "external_id", "digest");

-- CreateIndex
CREATE INDEX "deliveries_open" ON "deliveries"("bot_id", "conversation_id", "queue", "id") WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));

-- CreateIndex
CREATE INDEX "deliveries_message_id_idx" ON "deliveries"("message_id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_one_per_message" ON "deliveries"("message_id", "queue") WHERE (state = 'waiting' AND message_id IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_one_card" ON "deliveries"("conversation_id") WHERE (state = 'waiting' AND queue = 'card');

-- CreateIndex
CREATE INDEX "audit_entries_bot_id_at_idx" ON "audit_entries"("bot_id", "at");

-- CreateIndex
CREATE INDEX "audit_entries_conversation_id_idx" ON "audit_entries"("conversation_id");

-- AddForeignKey
ALTER TABLE "customers" ADD CONSTRAINT "customers_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "threads" ADD CONSTRAINT "threads_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "threads" ADD CONSTRAINT "threads_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_reply_to_id_fkey" FOREIGN KEY ("reply_to_id") REFERENCES "messages"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_versions" ADD CONSTRAINT "message_versions_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_links" ADD CONSTRAINT "message_links_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_links" ADD CONSTRAINT "message_links_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a column may hold. Prisma has no word for a check, and does not miss it.
ALTER TABLE "customers" ADD CHECK ("standing" IN ('active', 'blocked', 'gone'));
ALTER TABLE "messages" ADD CHECK ("author" IN ('customer', 'agent', 'desk'));
ALTER TABLE "message_links" ADD CHECK ("side" IN ('customer', 'staff')), ADD CHECK ("role" IN ('origin', 'copy', 'post'));
ALTER TABLE "updates" ADD CHECK ("state" IN ('waiting', 'handled', 'parked'));
ALTER TABLE "deliveries"
  ADD CHECK ("queue" IN ('customer', 'staff', 'card')),
  ADD CHECK ("state" IN ('waiting', 'sending', 'sent', 'failed'));
ALTER TABLE "staff" ADD CHECK ("role" IN ('none', 'agent', 'admin'));

-- Rows of these tables change state once and are then history: keep room on the page, and clean up early.
ALTER TABLE "updates" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "deliveries" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);

