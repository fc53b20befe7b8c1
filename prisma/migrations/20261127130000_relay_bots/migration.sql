-- AlterTable
ALTER TABLE "pacing" DROP CONSTRAINT "pacing_pkey",
ADD COLUMN     "sender" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "pacing_pkey" PRIMARY KEY ("bot_id", "place", "sender");
