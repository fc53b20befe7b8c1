-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "worded_at" TIMESTAMPTZ(3),
ADD COLUMN     "worded_by" BIGINT;
