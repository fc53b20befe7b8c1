-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "update_id" BIGINT;
