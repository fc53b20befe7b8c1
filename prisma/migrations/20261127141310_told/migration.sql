-- AlterTable
ALTER TABLE "bots" ADD COLUMN     "told" JSONB NOT NULL DEFAULT '{}';
